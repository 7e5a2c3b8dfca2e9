import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { layoutOf } from './layout.ts';

const root = { uid: 0, gid: 0 };
const user = { uid: 1000, gid: 1000 };

test("an ordinary user's database is where it was asked for, and runs as that user", () => {
  const layout = layoutOf({ dataDir: '/home/me/big green/data', user });
  expect(layout).toMatchObject({ home: '/home/me/big green/data', runAs: undefined, owner: user });
  expect(layout.cluster).toBe('/home/me/big green/data/cluster');
});

test("root's is under /var/lib/big-green, one folder for each that is asked for, and runs as nobody", () => {
  const one = layoutOf({ dataDir: '/srv/one/data', user: root });
  const two = layoutOf({ dataDir: '/srv/two/data', user: root, runtimeDir: '/run/user/0' });
  expect(one.home).toMatch(/^\/var\/lib\/big-green\/[0-9a-f]{16}$/);
  expect(two.home).not.toBe(one.home);
  expect(one.runAs).toEqual({ uid: 65534, gid: 65534 });
  // root's own runtime folder is closed to the server.
  expect(two.sockets[0]).toBe(`${two.home}/socket`);
});

test('one folder by two names is one database', () => {
  expect(layoutOf({ dataDir: '/a/b/../data/', user: root })).toEqual(
    layoutOf({ dataDir: '/a/data', user: root }),
  );
});

test("a socket's path is never longer than the system takes, however deep the folders are", () => {
  const deep = `/${'a-folder-with-a-name/'.repeat(20)}data`;
  for (const runtimeDir of [undefined, '/run/user/1000', deep]) {
    const { sockets } = layoutOf({ dataDir: deep, user, runtimeDir, rootHome: deep });
    expect(sockets.length).toBeGreaterThan(0);
    for (const folder of sockets) expect(`${folder}/.s.PGSQL.5432`.length).toBeLessThan(104);
  }
  expect(layoutOf({ dataDir: deep, user: root, rootHome: deep }).sockets).toHaveLength(1);
});

test('the runtime folder comes before the temporary one', () => {
  const [first, second] = layoutOf({ dataDir: '/data', user, runtimeDir: '/run/user/1000' }).sockets;
  expect(first).toMatch(/^\/run\/user\/1000\/big-green\/[0-9a-f]{16}$/);
  expect(second?.startsWith(`${tmpdir()}/big-green-1000/`)).toBe(true);
});
