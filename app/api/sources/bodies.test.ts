import { expect, test } from 'vitest';
import { POST as change } from '../launches/[launch]/sources/route.ts';
import { POST as move } from './[key]/move/route.ts';
import { POST as tryOut } from './test/route.ts';

const canary = 'bg-canary-3c9a';
const json = 'application/json';
const routes: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  test: tryOut,
  move: (request) => move(request, { params: Promise.resolve({ key: 'k' }) }),
  change: (request) => change(request, { params: Promise.resolve({ launch: 'l' }) }),
};
const names = Object.keys(routes);

const bodies: readonly [what: string, type: string, body: string][] = [
  ['10 MiB', json, JSON.stringify({ token: canary.repeat(750_000) })],
  ['a form', 'application/x-www-form-urlencoded', `token=${canary}`],
  ['plain text', 'text/plain', JSON.stringify({ token: canary })],
  ['no JSON', json, `{"token": "${canary}"`],
  ['a token that is no text', json, JSON.stringify({ token: { [canary]: canary } })],
  ['a token of 10 000 characters', json, JSON.stringify({ token: canary.padEnd(10_000, 'x') })],
  [
    'a key that nobody knows',
    json,
    JSON.stringify({ to: 'http://localhost', launches: [], token: canary, more: 1 }),
  ],
];

test.each(names.flatMap((route) => bodies.map((body) => [route, ...body] as const)))(
  '%s: %s is refused before anything is done, and is not said again',
  async (route, _what, type, body) => {
    const headers = { 'content-type': type };
    const answer = await routes[route]?.(new Request('http://localhost/', { method: 'POST', headers, body }));
    expect(answer?.status).toBe(422);
    expect(await answer?.text()).not.toContain(canary);
  },
);
