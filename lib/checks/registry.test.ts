import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkKinds } from './registry.ts';

test.each([...checkKinds.keys()])('%s is a file of that name, which declares that id', async (id) => {
  const file = new URL(`./${id}.ts`, import.meta.url);
  expect(existsSync(file)).toBe(true);
  const exported = Object.values((await import(file.pathname)) as Record<string, { meta?: { id: string } }>);
  expect(exported.map((value) => value.meta?.id)).toContain(id);
});

test.each([...checkKinds.values()])('$meta.id says why it exists and how to put it right', (kind) => {
  expect(kind.meta.title).not.toBe('');
  expect(kind.meta.why).toMatch(/\.$/);
  expect(kind.meta.fix).toMatch(/\.$/);
  expect(kind.ruleVersion).toBeGreaterThan(0);
});

test('no two kinds share an id, so none hides another', () => {
  const ids = [...checkKinds.values()].map(({ meta }) => meta.id);
  expect(ids).toEqual([...new Set(ids)]);
  expect([...checkKinds.keys()]).toEqual(ids);
});
