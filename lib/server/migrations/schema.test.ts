import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { type ScratchDatabase, scratchDatabase } from '../postgres/scratch.ts';

type Column = { type: string; nullable: boolean; default: string | null };
type Tables = Record<
  string,
  { columns: Record<string, Column>; key: string[]; indexes: string[]; references: string[] }
>;

let scratch: ScratchDatabase;
let owner: pg.Client;

beforeAll(async () => {
  scratch = await scratchDatabase();
  owner = new pg.Client({ connectionString: scratch.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await scratch.drop();
});

test('the migrations give exactly the schema: tables, columns, types, nulls, defaults, keys, indexes, references', async () => {
  const database = await tablesOf(owner);
  const schema = tablesIn(readFileSync(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8'));
  expect(Object.keys(schema).length).toBeGreaterThan(10);
  expect(database).toEqual(schema);
});

test('the generated client reads every table', async () => {
  const db = openDatabase(scratch.appUrl);
  const models = Object.keys(db).filter((name) => !/^[$_]/.test(name) && name !== 'constructor');
  const tables = Object.keys(
    tablesIn(readFileSync(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8')),
  );
  expect(models.map(snake).sort()).toEqual(tables.sort());
  for (const model of models) {
    const delegate: unknown = Reflect.get(db, model);
    await expect((delegate as { findMany(): Promise<unknown[]> }).findMany()).resolves.toBeInstanceOf(Array);
  }
  await db.$disconnect();
});

const TYPES: Record<string, string> = {
  String: 'text',
  Boolean: 'boolean',
  Int: 'integer',
  BigInt: 'bigint',
  Json: 'jsonb',
  Bytes: 'bytea',
  DateTime: 'timestamp(3) with time zone',
};

const DEFAULTS: Record<string, string> = {
  true: 'true',
  '0': '0',
  '1': '1',
  '[]': 'ARRAY[]::text[]',
  'autoincrement()': 'nextval',
};

/** The schema file as Prisma reads it, as far as this one goes; an attribute it does not know fails the test. */
function tablesIn(text: string): Tables {
  const blocks = [...text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
  const tableOf = new Map(
    blocks.map(([, name, body]) => [name, /@@map\("(\w+)"\)/.exec(body ?? '')?.[1] ?? '']),
  );
  const tables: Tables = {};
  for (const [, name, body = ''] of blocks) {
    const lines = body.split('\n').map((line) => line.replace(/\/\/.*/, '').trim());
    const columnOf = new Map<string, string>();
    const table: Tables[string] = { columns: {}, key: [], indexes: [], references: [] };
    tables[tableOf.get(name) ?? ''] = table;
    for (const line of lines) {
      const [, field = '', base = '', list, optional, rest = ''] =
        /^(\w+)\s+(\w+)(\[\])?(\?)?\s*(.*)$/.exec(line) ?? [];
      const type = TYPES[base];
      if (type === undefined) continue;
      const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field;
      columnOf.set(field, column);
      if (/@id\b/.test(rest)) table.key = [column];
      if (base === 'DateTime') expect(rest).toContain('@db.Timestamptz(3)');
      const given = /@default\((\[\]|\w+\(\)|\w+)\)/.exec(rest)?.[1];
      table.columns[column] = {
        type: `${type}${list === undefined ? '' : '[]'}`,
        nullable: optional !== undefined,
        default: given === undefined ? null : (DEFAULTS[given] ?? `unknown: ${given}`),
      };
    }
    const columns = (fields: string) =>
      fields
        .split(/,\s*/)
        .map((one) =>
          one.replace(/^(\w+)(\(sort: Desc\))?$/, (_, f, desc) => `${columnOf.get(f)}${desc ? ' DESC' : ''}`),
        );
    for (const line of lines) {
      const key = /^@@id\(\[(.*)\]\)$/.exec(line)?.[1];
      if (key !== undefined) table.key = columns(key);
      const index = /^@@index\(\[(.*)\]\)$/.exec(line)?.[1];
      if (index !== undefined) table.indexes.push(columns(index).join(', '));
      const [, target, fields, theirs] =
        /^\w+\s+(\w+)\s+@relation\(fields: \[(.*?)\], references: \[(.*?)\]\)$/.exec(line) ?? [];
      if (fields !== undefined)
        table.references.push(`${columns(fields)} -> ${tableOf.get(target)}(${theirs})`);
    }
    table.indexes.sort();
    table.references.sort();
  }
  return tables;
}

async function tablesOf(client: pg.Client): Promise<Tables> {
  const { rows: columns } = await client.query(`
    SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
           NOT a.attnotnull AS nullable, pg_get_expr(d.adbin, d.adrelid) AS "default"
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
      AND a.attnum > 0 AND NOT a.attisdropped`);
  const tables: Tables = {};
  for (const { table, column, type, nullable, default: given } of columns) {
    tables[table] ??= { columns: {}, key: [], indexes: [], references: [] };
    const text = given?.startsWith('nextval(') ? 'nextval' : given;
    tables[table].columns[column] = { type, nullable, default: text };
  }
  const { rows: indexes } = await client.query(`
    SELECT c.relname AS "table", i.indisprimary AS key,
           (regexp_match(pg_get_indexdef(i.indexrelid), 'USING btree \\((.*)\\)'))[1] AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'`);
  for (const { table, key, columns: text } of indexes) {
    if (key) (tables[table] ?? missing(table)).key = text.split(', ');
    else (tables[table] ?? missing(table)).indexes.push(text);
  }
  const { rows: references } = await client.query(`
    SELECT c.relname AS "table", pg_get_constraintdef(k.oid) AS text
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace`);
  for (const { table, text } of references) {
    // Prisma's defaults for a reference that must be there.
    const rule = /^FOREIGN KEY \((.*)\) REFERENCES (\S+) ON UPDATE CASCADE ON DELETE RESTRICT$/.exec(text);
    (tables[table] ?? missing(table)).references.push(rule === null ? text : `${rule[1]} -> ${rule[2]}`);
  }
  for (const table of Object.values(tables)) {
    table.indexes.sort();
    table.references.sort();
  }
  return tables;
}

function missing(table: string): never {
  throw new Error(`no columns of ${table}`);
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
