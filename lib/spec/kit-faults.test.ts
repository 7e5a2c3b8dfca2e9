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

test('two dashboards of one title in one folder are a fault, and in two folders none', () => {
  expect(faultsWith('title: Rest', 'title: Ledger')).toEqual([
    'dashboards.rest.title: The dashboard `ledger` already has the title “Ledger” in this folder.',
  ]);
  expect(faultsWith('title: Rest', 'title: Ledger\n    folder: Other')).toEqual([]);
});

test('what stands there is none', () => {
  expect(faultsWith('title: Contract', 'title: Contracts')).toEqual([]);
});
