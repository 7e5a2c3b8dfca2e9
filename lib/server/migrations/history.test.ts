import { describe, expect, test } from 'vitest';
import { type Migration, pendingOf } from './history.ts';

const migration = (name: string): Migration => ({ name, sql: '', checksum: name });
const first = migration('0001_first');

describe('pendingOf', () => {
  const row = (name: string, over = {}) => ({
    name,
    checksum: name,
    finished: true,
    rolledBack: false,
    ...over,
  });
  const second = migration('0002_second');

  test('what was rolled back is to be done again', () => {
    const pending = pendingOf([first, second], [row('0001_first'), row('0002_second', { rolledBack: true })]);
    expect(pending).toEqual({ kind: 'pending', migrations: [second] });
  });
  test('one that began and never ended is refused', () => {
    expect(pendingOf([first], [row('0001_first', { finished: false })])).toMatchObject({
      kind: 'unfinished',
    });
  });
  test('one that sorts before what is there is refused', () => {
    expect(pendingOf([first, second], [row('0002_second')])).toMatchObject({ kind: 'out-of-order' });
  });
});
