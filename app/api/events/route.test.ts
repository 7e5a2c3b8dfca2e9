import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';

let scratch: ScratchDatabase;
beforeAll(async () => {
  scratch = await scratchDatabase();
  vi.stubEnv('DATABASE_URL', scratch.appUrl);
  vi.stubEnv('BIG_GREEN_SECRET', 'of this test alone, and long enough');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await scratch.drop();
});

test('a browser that leaves before anybody listens for it leaves no ping behind', async () => {
  const { GET } = await import('./route.ts');
  const begun = vi.spyOn(globalThis, 'setInterval');
  const ended = vi.spyOn(globalThis, 'clearInterval');
  const { body } = await GET(new Request('http://localhost/api/events'));
  await body?.cancel();
  await vi.waitFor(() => expect(begun).toHaveBeenCalledOnce(), 10_000);
  await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(begun.mock.results[0]?.value));
});
