import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '#lib/server/database.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { launchesInForce } from './launch-in-force.ts';

const specText = (id: string) => `
format: big-green/v1
launch: { id: ${id}, title: Test, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { node: { kind: endpoint, address: 'http://127.0.0.1:9' } }
tracks:
  only:
    title: Only
    lead: sre
    items:
      mode: { title: Mode, phase: launch, checks: [{ kind: endpoint, path: /, assert: [{ at: /mode, equals: on }] }] }
`;

let scratch: ScratchDatabase;
let db: Database;
beforeAll(async () => {
  scratch = await scratchDatabase();
  db = openDatabase(scratch.appUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await scratch.drop();
});

test('more launches than there are specs kept are read all the same', async () => {
  const ids = Array.from({ length: 210 }, (_, n) => `launch-${String(n).padStart(3, '0')}`);
  const createdAt = new Date();
  await db.specVersion.createMany({
    data: ids.map((id) => {
      return { digest: id, canonical: '{}', sourceText: specText(id), sourceName: 'test.yaml', createdAt };
    }),
  });
  await db.launch.createMany({ data: ids.map((id) => ({ id, title: 'Test', createdAt, specDigest: id })) });
  for (const asked of [ids, ids.slice(0, 50)]) {
    const launches = await launchesInForce(db, asked);
    expect(launches.map(({ head, spec }) => [head.id, spec.launch.id])).toEqual(asked.map((id) => [id, id]));
  }
});
