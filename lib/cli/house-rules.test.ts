import { describe, expect, test } from 'vitest';
import { faultsOf } from './house-rules.ts';

const word = (...parts: string[]) => parts.join('');

describe('the rules of the house', () => {
  test('a file may have 400 lines and no more', () => {
    expect(faultsOf('lib/a.ts', 'x\n'.repeat(400))).toEqual([]);
    expect(faultsOf('lib/a.ts', 'x\n'.repeat(401))).toEqual(['lib/a.ts has 401 lines: at most 400.']);
  });

  test.each([
    word('// TO', 'DO: later'),
    word('// FIX', 'ME'),
    word('test.on', "ly('x', () => {});"),
    word('it.sk', "ip('x', () => {});"),
    word('// @ts-ig', 'nore'),
  ])('left behind: %s', (line) => {
    expect(faultsOf('lib/a.test.ts', `a\n${line}\n`)).toEqual([
      expect.stringMatching(/^lib\/a\.test\.ts:2 was left behind/),
    ]);
  });

  test('a suppression says why', () => {
    const rule = word('biome-ig', 'nore lint/suspicious/noExplicitAny');
    expect(faultsOf('lib/a.ts', `// ${rule}: the package types it so.\n`)).toEqual([]);
    expect(faultsOf('lib/a.ts', `// ${rule}:\n`)).toHaveLength(1);
    expect(faultsOf('lib/a.ts', `// ${rule}\n`)).toHaveLength(1);
    expect(faultsOf('app/a.tsx', `{/* ${rule}: */}\n`)).toHaveLength(1);
  });

  test('one file reads the environment', () => {
    const line = `const home = ${word('process.e', 'nv')}.HOME;\n`;
    expect(faultsOf('lib/worker/main.ts', line)).toHaveLength(1);
    expect(faultsOf('lib/server/env.ts', line)).toEqual([]);
    expect(faultsOf('lib/worker/main.test.ts', line)).toEqual([]);
  });

  test('what may be skipped by a condition, and words that only look alike, are let be', () => {
    expect(
      faultsOf('lib/a.test.ts', "test.skipIf(!root)('x', () => {});\nconst all = { ...only('x') };\n"),
    ).toEqual([]);
  });
});
