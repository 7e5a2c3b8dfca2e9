import { openDatabase } from '#lib/server/database.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from '#lib/usecases/adopt-spec.ts';
import { boardText } from '#lib/usecases/view-board.ts';
import { medianMs } from './median.ts';

const items = 200;

function specText(): string {
  const rows = Array.from(
    { length: items },
    (_, n) =>
      `      item-${n}: { title: Item number ${n} of many, phase: launch, checks: [{ kind: attestation, role: sre, statement: It holds }] }`,
  );
  return `format: big-green/v1
launch: { id: bench, title: Bench, target: { at: 2030-01-01T00:00:00Z } }
phases: { launch: { title: Launch, at: 2030-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
tracks:
  all:
    title: All
    lead: sre
    items:
${rows.join('\n')}
`;
}

/** The board's data for 200 items beside the same bytes read from one row. */
export async function boardBench(): Promise<void> {
  const scratch = await scratchDatabase();
  const db = openDatabase(scratch.appUrl);
  const outgoing = createOutgoing({ allow: [] });
  const house = { db, outgoing, seal: testSeal, now: Date.now, cacheDir: '/nonexistent' };
  try {
    const adopted = await adoptSpec({ text: specText(), name: 'bench.yaml' }, house);
    if (!adopted.ok) throw new Error(adopted.problem.message);
    const text = await boardText('bench', house);
    const bytes = text.ok ? text.value.length : 0;
    const ours = await medianMs(200, () => boardText('bench', house));
    const row = await medianMs(200, () => db.$queryRaw`SELECT model FROM board WHERE launch_id = 'bench'`);
    const kib = Math.trunc(bytes / 1024);
    console.log(
      `board of ${items} items (${kib} KiB): ${ours.toFixed(2)} ms; the same bytes from one row ${row.toFixed(2)} ms; ${(ours / row).toFixed(2)} times`,
    );
  } finally {
    await db.$disconnect();
    await outgoing.close();
    await scratch.drop();
  }
}
