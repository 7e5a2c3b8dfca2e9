import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Fault } from '#lib/domain/problem.ts';
import { catalogue } from './mistakes/catalogue.fixture.ts';
import { sound } from './mistakes/sound.fixture.ts';
import { readSpec } from './read.ts';

const folder = new URL('./mistakes/', import.meta.url);
const tableSchema = z.array(
  z.strictObject({
    name: z.string(),
    text: z.string().optional(),
    change: z.array(z.tuple([z.string(), z.string()])).optional(),
    faults: z.array(z.string()).min(1),
  }),
);
const tables = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ file, mistakes: tableSchema.parse(parse(readFileSync(new URL(file, folder), 'utf8'))) }));

test('the sound spec, in which the mistakes are made, has none', () => {
  expect(faultsOf(sound)).toEqual([]);
});

describe.each(tables)('$file', ({ mistakes }) => {
  test.each(mistakes)('$name', ({ text, change = [], faults }) => {
    expect(faultsOf(text ?? changed(change))).toEqual(faults);
  });
});

test('the tables hold many kinds of mistake, and nearly each is answered with what to write', () => {
  const all = tables.flatMap(({ mistakes }) => mistakes);
  expect(new Set(all.map(({ name }) => name)).size).toBeGreaterThanOrEqual(190);
  const faults = all.flatMap((mistake) => mistake.faults);
  expect(faults.filter((fault) => fault.endsWith(' | -')).length).toBeLessThanOrEqual(4);
});

function changed(change: readonly (readonly [string, string])[]): string {
  return change.reduce((text, [find, replace]) => {
    const at = text.indexOf(find);
    if (at < 0) throw new Error(`The sound spec does not hold ${find}`);
    return text.slice(0, at) + replace + text.slice(at + find.length);
  }, sound);
}

function faultsOf(text: string): string[] {
  const read = readSpec(text, { catalogue, name: 'aurora.yaml' });
  return read.ok ? [] : read.problem.faults.map(write);
}

function write({ line, column, path, message, remedy }: Fault): string {
  return `${line}:${column} ${path || '-'} | ${message} | ${remedy ?? '-'}`;
}
