import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('big-green.ts', import.meta.url));
let folder: string;

const spec = (more = '') => `format: big-green/v1
launch: { id: small, title: Small, target: { at: 2030-12-01T14:00:00Z } }
candidate: { ref: main }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: SRE, abbreviation: SRE } }
sources: { repository: { kind: repository, address: ../code } }
tracks:
  one:
    title: One
    lead: sre
    items:
      notes: { title: Notes, phase: launch, checks: [{ kind: file, path: NOTES.md }] }
${more}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'big-green-cli-'));
  const code = join(folder, 'code');
  for (const at of [code, join(folder, 'specs')]) mkdirSync(at);
  await writeFile(join(code, 'NOTES.md'), 'Notes.\n');
  const git = (...args: string[]) => execFileSync('git', ['-C', code, ...args]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=Sam', '-c', 'user.email=sam@example.org', 'commit', '--quiet', '--message', 'Notes');
  await writeFile(join(folder, 'specs', 'small.yaml'), spec());
  await writeFile(join(folder, 'specs', 'bad.yaml'), spec('owner: nobody\n'));
  const said =
    '      said: { title: Said, phase: launch, checks: [{ kind: attestation, role: sre, statement: Yes. }] }';
  await writeFile(join(folder, 'specs', 'said.yaml'), spec(said));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command line in the folder above the spec's, where the spec's relative address leads elsewhere. */
function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const all = ['--conditions=react-server', '--disable-warning=ExperimentalWarning', program, ...args];
  return new Promise((done) => {
    const child = execFile(process.execPath, all, { cwd: folder }, (_, out, err) =>
      done({ code: child.exitCode, out, err }),
    );
  });
}

describe('check', () => {
  test('finds a repository from the folder of the spec that names it, and one on the command line from here', async () => {
    expect(await run('check', 'specs/small.yaml')).toMatchObject({ code: 0, err: '' });
    expect(await run('check', '--spec', 'specs/small.yaml', '--source', 'repository=code')).toMatchObject({
      code: 0,
    });
  });

  test('says in the repository’s own words why there is no candidate', async () => {
    const none = await run('check', 'specs/small.yaml', '--source', 'repository=nowhere');
    expect(none.code).toBe(2);
    expect(none.out).toContain(`${join(folder, 'nowhere')} is not a folder on this machine.`);
    expect(none.out).not.toContain('pin one first');
  });

  test('ends with 3 for a ref that is not there', async () => {
    const none = await run('check', 'specs/small.yaml', '--ref', 'nosuch');
    expect(none).toMatchObject({ code: 3, out: '' });
    expect(none.err).toContain('The repository has no branch or tag “nosuch”');
  });

  test('stays at 1 where only a claim is open, for nobody signs here', async () => {
    const { code, out } = await run('check', 'specs/said.yaml');
    expect(code).toBe(1);
    expect(out).toContain('1 is only claimed');
  });

  test('refuses an address that cannot be one of its source', async () => {
    await writeFile(
      join(folder, 'specs', 'metrics.yaml'),
      spec().replace(
        'sources: {',
        "sources: { prometheus: { kind: prometheus, address: 'http://127.0.0.1:1' },",
      ),
    );
    const bad = await run('check', 'specs/metrics.yaml', '--source', 'prometheus=nonsense');
    expect(bad).toMatchObject({ code: 3, out: '' });
    expect(bad.err).toContain('The address given for the source “prometheus” is not used');
    const other = await run('check', 'specs/metrics.yaml', '--source', 'grafana=http://127.0.0.1');
    expect(other.code).toBe(3);
    expect(other.err).toContain('Its sources are prometheus, repository.');
  });

  test('tells of a spec that is broken or not there as JSON, where that is asked for', async () => {
    for (const file of ['specs/bad.yaml', 'specs/nothere.yaml']) {
      const { code, out } = await run('check', file, '--json');
      expect(code, file).toBe(3);
      expect(JSON.parse(out), file).toMatchObject({ problem: { message: expect.stringContaining(file) } });
    }
  });
});

test.each([
  ['import', 'specs/nothere.md'],
  ['import', 'code/NOTES.md', '--previous', 'specs/bad.yaml'],
  ['history', 'nowhere', 'NOTES.md'],
  ['history', 'code', 'NOTHERE.md'],
  ['kit', '--out', 'made', '--spec', 'specs/bad.yaml'],
])('%s of what cannot be read (%s) ends with 3, and as JSON where that is asked for', async (...args) => {
  const told = await run(...args, '--json');
  expect(told).toMatchObject({ code: 3, err: '' });
  const { problem } = JSON.parse(told.out);
  const words = await run(...args);
  expect(words).toMatchObject({ code: 3, out: '', err: expect.stringContaining(problem.message) });
});

describe('what is no spec', () => {
  test.each([
    ['specs/nothere.yaml', 'There is no file specs/nothere.yaml.'],
    ['specs', 'specs is a folder: name the file in it that holds the spec.'],
    ['-', 'Standard input is not read: name the file that holds the spec.'],
  ])('%s ends with 3 and a sentence', async (path, sentence) => {
    const { code, err } = await run('spec', 'validate', path);
    expect([code, err.trim()]).toEqual([3, sentence]);
  });

  test('a sound one is counted in words', async () => {
    const { code, out } = await run('spec', 'validate', 'specs/small.yaml');
    expect([code, out]).toEqual([0, 'specs/small.yaml is sound: 1 track, 1 item, 1 check, 0 metrics.\n']);
  });

  test('a spec with faults ends with 1, each at its line', async () => {
    const { code, err } = await run('spec', 'validate', 'specs/bad.yaml');
    expect(code).toBe(1);
    expect(err).toMatch(/^specs\/bad\.yaml:13:1: /);
  });
});

test.each(['check', 'coverage', 'kit', 'spec', 'import', 'history', 'adopt', 'candidate', 'again'])(
  '%s helps',
  async (command) => {
    const { code, out } = await run(command, '--help');
    expect([code, out.trim().split(/\s/)[0]]).toEqual([0, command]);
  },
);

test('it says which version it is', async () => {
  expect(await run('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^big-green \d/) });
});
