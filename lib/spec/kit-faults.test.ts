import { expect, test } from 'vitest';
import { paymentsText } from '#lib/kit/spec.fixture.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';

/** What is said of the payments' spec with one text in another's place. */
function faultsWith(from: string, to: string): string[] {
  if (!paymentsText.includes(from)) throw new Error(`The spec does not hold ${from}`);
  const read = readSpec(paymentsText.replace(from, to), 'payments.yaml');
  return read.ok ? [] : read.problem.faults.map(({ path, message }) => `${path}: ${message}`);
}

test.each([
  [
    'a name that GitLab has for settings',
    'name: "Zahlwerk\'s gate: $X \\"ü\\" #1"',
    'name: stages',
    'gate.name: The required check cannot be called “stages”',
  ],
  [
    'a name that hides a job',
    'name: "Zahlwerk\'s gate: $X \\"ü\\" #1"',
    'name: .gate',
    'gate.name: The required check cannot be called “.gate”',
  ],
  [
    'a name that a stride has',
    'name: "Zahlwerk\'s gate: $X \\"ü\\" #1"',
    'name: unit',
    'gate.name: The required check cannot be called “unit”',
  ],
  [
    'an id that begins with a digit',
    '    zwei: {',
    '    2zwei: {',
    'gate.strides.2zwei: The stride `2zwei` begins with a digit',
  ],
  [
    'an expression of GitHub’s in a command',
    'run: ["npm run contract"]',
    `run: ["npm run contract \${{ github.sha }}"]`,
    `gate.strides.contract.run[0]: Only GitHub fills in \`\${{ … }}\``,
  ],
  [
    'an expression of GitHub’s in a title',
    'title: Contract',
    `title: "Contract \${{ github.sha }}"`,
    `gate.strides.contract.title: Only GitHub fills in \`\${{ … }}\``,
  ],
  [
    'braces in a path',
    '"test/**"',
    '"test/*.{ts,tsx}"',
    'gate.strides.unit.paths[1]: A path is from the root of the repository',
  ],
  [
    'a path that is left out',
    '"test/**"',
    '"!test/**"',
    'gate.strides.unit.paths[1]: A path is from the root of the repository',
  ],
  [
    'a path of the machine',
    '"test/**"',
    '/test/**',
    'gate.strides.unit.paths[1]: A path is from the root of the repository',
  ],
  [
    'a branch that is left out',
    '"release/*"]',
    '"!release/*"]',
    'gate.branches[1]: A pattern of branches or tags holds',
  ],
  [
    'an archive with a slash',
    'name: "cover age"',
    'name: "cover/age"',
    'gate.strides.unit.artifacts.name: An archive’s name holds no slash',
  ],
  [
    'a title on two lines',
    'title: Contract',
    'title: "Con\\ntract"',
    'gate.strides.contract.title: It stands on one line.',
  ],
])('%s is a fault', (_, from, to, said) => {
  const faults = faultsWith(from, to);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(said);
});

test.each([
  ['Git’s own folder', '.git/hooks/pre-commit', 'Git keeps .git for itself'],
  ['Git’s own folder in other letters', 'a/.GIT/config', 'Git keeps .git for itself'],
  ['Git’s own folder by its short name', 'GIT~1/config', 'Git keeps .git for itself'],
  ['Git’s own folder with a stream', '.git::$INDEX_ALLOCATION/config', 'Git keeps .git for itself'],
  ['Git’s own folder with what nobody sees', '.g\u200cit/config', 'Git keeps .git for itself'],
  ['a way out by backslashes', '..\\..\\evil.sh', 'holds no quote, backslash'],
  ['the end of a shell’s quotes', "bin/x'; id; '", 'holds no quote, backslash'],
  ['the end of a code span', 'bin/`id`', 'holds no quote, backslash'],
  ['a line of its own', 'bin/x\ny', 'holds no quote, backslash'],
  ['a device of Windows', 'bin/CON', '“CON” is no name for a file on Windows'],
  ['a device with an ending', 'aux.sh/x', '“aux.sh” is no name for a file on Windows'],
  ['a stream of another file', 'bin/x:y', '“x:y” is no name for a file on Windows'],
  ['a name that Windows cuts', 'bin./x', '“bin.” is no name for a file on Windows'],
  ['a way out', '../x', 'path does not leave the repository'],
  ['a drive', 'c:/x', 'without a drive'],
])('attack 21: a file that is to be made at %s is a fault', (_, path, said) => {
  const faults = faultsWith('local: bin/tor', `local: ${JSON.stringify(path)}`);
  expect(faults).toEqual([expect.stringMatching(/^gate\.local: /)]);
  expect(faults[0]).toContain(said);
});

test.each([
  '.github/x.sh',
  '.gitignore',
  'a/.gitkeep',
  'git/x',
  'bin/con-1',
  'bin/nullable.sh',
  'a [b] $c/ü.sh',
])('%s may be made', (path) =>
  expect(faultsWith('local: bin/tor', `local: ${JSON.stringify(path)}`)).toEqual([]),
);

test('two files that one system takes for one are a fault, and so is one below another', () => {
  expect(faultsWith('local: bin/tor', 'local: OPS/Ledger.json')).toEqual([
    expect.stringMatching(
      /^gate\.local: `OPS\/Ledger\.json` is already the file of `dashboards\.ledger\.file`/,
    ),
  ]);
  expect(faultsWith('local: bin/tor', 'local: ops/ledger.json/tor')).toEqual([
    'gate.local: `ops/ledger.json/tor` cannot stand below `ops/ledger.json`, which is a file of the kit itself.',
  ]);
});

test('a line break that YAML 1.1 alone knows is a fault, since it would end a comment of the gate', () => {
  expect(faultsWith('title: Contract', 'title: "Con\\x85tract: {script: [id]}"')).toEqual([
    'gate.strides.contract.title: This text holds U+0085, which cannot be seen.',
  ]);
});

test('two dashboards of one title in one folder are a fault, and in two folders none', () => {
  expect(faultsWith('title: Rest', 'title: Ledger')).toEqual([
    'dashboards.rest.title: The dashboard `ledger` already has the title “Ledger” in this folder.',
  ]);
  expect(faultsWith('title: Rest', 'title: Ledger\n    folder: Other')).toEqual([]);
});

test('what stands there is none', () => {
  expect(faultsWith('title: Contract', 'title: Contracts')).toEqual([]);
});
