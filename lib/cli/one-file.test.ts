import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inheritedEnvironment } from '#lib/server/env.ts';
import { buildOneFile } from './one-file.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'big-green-one-file-'));
  file = join(folder, 'big-green.mjs');
  await buildOneFile(file);
});
afterAll(() => rm(folder, { recursive: true }));

/** Node 20 where this machine has one beside the pinned Node. */
const older = (inheritedEnvironment().PATH ?? '')
  .split(delimiter)
  .map((place) => join(place, 'node'))
  .find((node) => /^v20\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''));

function run(node: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    const child = execFile(node, args, (_, out, err) => done({ code: child.exitCode ?? -1, out, err }));
  });
}

const spec = `format: big-green/v1
launch: { id: small, title: Small, target: { at: 2030-12-01T14:00:00Z } }
candidate: { ref: main }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: SRE, abbreviation: SRE } }
sources:
  prometheus: { kind: prometheus, address: 'http://127.0.0.1:1', timeout: 1s }
  node: { kind: endpoint, address: 'http://127.0.0.1:1', timeout: 1s }
  repository: { kind: repository, address: nowhere }
metrics: { all: { up: {} } }
tracks:
  one:
    title: One
    lead: sre
    items:
      metrics: { title: Metrics, phase: launch, checks: [{ kind: metric-coverage }] }
      lag: { title: Lag, phase: launch, checks: [{ kind: query, expr: max(up), is: { above: 0 } }] }
      notes: { title: Notes, phase: launch, checks: [{ kind: file, path: NOTES.md }] }
      chain: { title: Chain, phase: launch, checks: [{ kind: endpoint, path: /, assert: [{ at: /id, equals: 7 }] }] }
`;

describe.each([
  ['the pinned Node', process.execPath],
  ['Node 20', older],
])('the one file on %s', (_, node) => {
  test.skipIf(node === undefined)('judges, and says that dark sources leave it unable to tell', async () => {
    const path = join(folder, 'small.yaml');
    await writeFile(path, spec);
    const checked = await run(node ?? '', file, 'check', '--spec', path);
    expect(checked).toMatchObject({ code: 2, err: '' });
    expect(checked.out).toContain('4 of 4 blockers dark');
    const coverage = ['coverage', '--prometheus', 'http://127.0.0.1:1', '--spec', path];
    expect(await run(node ?? '', file, ...coverage)).toMatchObject({ code: 2, err: '' });
    expect(await run(node ?? '', file, 'spec', 'validate', path)).toMatchObject({ code: 0, err: '' });
  });

  test.skipIf(node === undefined)('ends with 3 and a sentence on a fault of its own', async () => {
    const broken = join(folder, 'broken.mjs');
    await writeFile(
      broken,
      `process.stdout.write = () => { throw new Error('out of paper'); };\nawait import(${JSON.stringify(file)});\n`,
    );
    const path = join(folder, 'small.yaml');
    await writeFile(path, spec);
    const { code, out, err } = await run(node ?? '', broken, 'check', '--spec', path);
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(/^Big Green stopped on a fault of its own.*out of paper\n$/);
  });
});
