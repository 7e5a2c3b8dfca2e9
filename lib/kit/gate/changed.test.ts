import { expect, test } from 'vitest';
import { shippedText, specFrom } from '../spec.fixture.ts';
import { pathSetOf, pathSets } from './changed.ts';

const gate = specFrom(shippedText).kit?.gate;

test('a stride that may be skipped runs when the gate itself, or what all of them rest on, has changed', () => {
  if (!gate) throw new Error('the shipped spec has no gate');
  const sets = pathSets(gate);
  const skippable = gate.strides.filter(({ paths }) => paths.length > 0);
  expect(skippable.length).toBeGreaterThan(0);
  expect(gate.always).toContain('Cargo.lock');
  for (const stride of skippable) {
    const paths = pathSetOf(sets, stride)?.paths ?? [];
    expect(paths).toEqual(expect.arrayContaining([...gate.always, ...stride.paths]));
    expect(paths).toContain(gate.github?.file);
    expect(paths).toContain(gate.gitlab?.file);
  }
});
