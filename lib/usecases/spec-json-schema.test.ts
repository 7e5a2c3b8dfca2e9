import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { specJsonSchema, specJsonSchemaFile, specJsonSchemaText } from './spec-json-schema.ts';

const root = new URL('../../', import.meta.url);
const shipped = readFileSync(new URL('launches/the-block.yaml', root), 'utf8');
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false });
const validate = ajv.compile(specJsonSchema());

test('the published file is the schema of today; else run `npm run schema`', () => {
  expect(readFileSync(new URL(specJsonSchemaFile, root), 'utf8')).toBe(specJsonSchemaText());
});

test('the shipped launch holds to it', () => {
  expect(validate(parse(shipped)), JSON.stringify(validate.errors)).toBe(true);
});

describe('it refuses', () => {
  test.each([
    ['another format', 'big-green/v1', 'big-green/v2'],
    ['an unknown section', '\nlengths:', '\npanels: {}\nlengths:'],
    ['a duration without a unit', 'every: 5s', 'every: 5'],
    ['an instant without a zone', 'at: 2026-12-01T14:00:00Z\n', 'at: 2026-12-01T14:00:00\n'],
    ['an id in capitals', '      treasury-metrics:', '      Treasury:'],
    ['a kind that is not there', 'kind: checklist', 'kind: telepathy'],
    ['a parameter of another kind', 'kind: checklist\n', 'kind: checklist\n            expr: up\n'],
    ['a parameter that is missing', '            path: docs/MAINNET_READINESS_CHECKLIST.md\n', ''],
    ['a level that is not there', 'level: optional', 'level: nice'],
  ])('%s', (_, find, replace) => {
    expect(shipped).toContain(find);
    expect(validate(parse(shipped.replace(find, replace)))).toBe(false);
  });
});

test('it tells editors what every key means', () => {
  const missing: string[] = [];
  walk(specJsonSchema(), '', missing);
  // Those of a kind whose parameters say nothing yet are counted, so that their number only falls.
  expect(missing.filter((path) => !path.includes('/check-'))).toEqual([]);
});

function walk(schema: unknown, path: string, missing: string[]): void {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const [name, property] of Object.entries(value)) {
        if (!(typeof property === 'object' && property !== null && 'description' in property))
          missing.push(`${path}/${name}`);
      }
    }
    walk(value, `${path}/${key}`, missing);
  }
}
