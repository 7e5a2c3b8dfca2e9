import { expect, test } from 'vitest';
import { z } from 'zod';
import { readBody } from './body.ts';

const schema = z.strictObject({ text: z.string() });

/** A request whose body comes in pieces of a MiB, and how many of them were taken. */
function sent(mebibytes: number) {
  let taken = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (taken === mebibytes) return controller.close();
      taken += 1;
      controller.enqueue(new Uint8Array(1024 * 1024).fill(0x20));
    },
  });
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://localhost/', {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as never);
  return { request, taken: () => taken };
}

test('a body over the limit is refused in words, and taken in whole first, so that its sender reads them', async () => {
  const { request, taken } = sent(6);
  const read = await readBody(request, schema);
  expect(read).toMatchObject({ ok: false, problem: { message: expect.stringContaining('over 4194304') } });
  expect(taken()).toBe(6);
});

test('nobody makes it take in without end', async () => {
  const { request, taken } = sent(1000);
  expect(await readBody(request, schema)).toMatchObject({ ok: false });
  expect(taken()).toBeLessThan(70);
});

test('only JSON is read, by its schema', async () => {
  const post = (body: string, type = 'application/json') =>
    readBody(
      new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': type } }),
      schema,
    );
  expect(await post('{"text":"a"}')).toEqual({ ok: true, value: { text: 'a' } });
  expect(await post('{"text":"a"}', 'text/plain')).toMatchObject({ ok: false });
  expect(await post('{')).toMatchObject({ ok: false });
  expect(await post('{"text":1}')).toMatchObject({
    ok: false,
    problem: { message: expect.stringMatching(/^text: /) },
  });
});
