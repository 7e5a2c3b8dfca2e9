import { expect, test } from 'vitest';
import { guard, isReadable, mayUpgrade } from './guard.ts';

const asks = (headers: Record<string, string>, method = 'GET') => guard({ method, headers, url: '/' }, 4400);

test.each(['localhost:4400', '127.0.0.1:4400', '[::1]:4400', 'LOCALHOST:4400'])('answers %s', (host) => {
  expect(asks({ host })).toBeNull();
});

test.each([
  ['another name that resolves here', { host: 'rebound.example:4400' }],
  ['another port', { host: 'localhost:80' }],
  ['no host at all', {}],
  ['a name that begins like ours', { host: 'localhost:4400.evil.example' }],
])('refuses %s, as DNS rebinding would ask', (_name, headers) => {
  expect(asks(headers)).toBe('foreign-host');
});

const host = 'localhost:4400';

test.each([
  ['a form of another site', { host, origin: 'https://evil.example' }],
  ['a page without an origin', { host, origin: 'null' }],
  ['another port of this machine', { host, origin: 'http://localhost:3000' }],
  ['an image of another site', { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
])('refuses %s', (_name, headers) => {
  expect(asks(headers, 'POST')).toBe('foreign-origin');
});

test('lets a link from elsewhere open a page, and our own page post', () => {
  expect(asks({ host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBeNull();
  expect(asks({ host, origin: 'http://localhost:4400', 'sec-fetch-site': 'same-origin' }, 'POST')).toBeNull();
});

test('lets no connection go on in another protocol, except our own page’s in development', () => {
  const request = { method: 'GET', headers: { host, upgrade: 'websocket' }, url: '/anything' };
  expect(mayUpgrade(request, 4400, false)).toBe(false);
  expect(mayUpgrade(request, 4400, true)).toBe(true);
  const foreign = { ...request, headers: { ...request.headers, origin: 'https://evil.example' } };
  expect(mayUpgrade(foreign, 4400, true)).toBe(false);
});

test.each(['/launches/%ff', '/launches/%E0%A4%A', '/api/launches/%00/board', '/%'])(
  'cannot read %s',
  (address) => {
    expect(isReadable(address)).toBe(false);
  },
);

test.each(['/', '/launches/a%20b', '/launches/%E2%9C%93', '/?q=%ff%00'])('reads %s', (address) => {
  expect(isReadable(address)).toBe(true);
});

const door = `/api/hooks/sha256:${'0a'.repeat(32)}`;
const knocks = (url: string, headers: Record<string, string>, method = 'POST') =>
  guard({ method, headers, url }, 4400);

test('a webhook may come by any name, as through a tunnel, and from no page', () => {
  const tunnel = { host: 'tunnel.example' };
  expect(knocks(door, tunnel)).toBeNull();
  expect(knocks(door.replace(':', '%3A'), tunnel)).toBeNull();
  expect(knocks(door, { ...tunnel, origin: 'https://evil.example' })).toBe('foreign-origin');
  expect(knocks(door, { ...tunnel, 'sec-fetch-site': 'cross-site' })).toBe('foreign-origin');
});

test.each([
  ['to read it', door, 'GET'],
  ['by an address below it', `${door}/x`, 'POST'],
  ['by one that leads elsewhere', `${door}/../../launches`, 'POST'],
  ['by one that leads elsewhere, escaped', '/api/hooks/..%2flaunches', 'POST'],
  ['with a query', `${door}?_rsc=1`, 'POST'],
  ['by a whole URL', `http://localhost:4400${door}`, 'POST'],
  ['to another route', '/api/launches', 'POST'],
  ['to change the webhook', door.replace('/hooks/', '/sources/').concat('/hook'), 'POST'],
])('the same name opens nothing else: %s', (_what, url, method) => {
  expect(knocks(url, { host: 'tunnel.example' }, method)).toBe('foreign-host');
});
