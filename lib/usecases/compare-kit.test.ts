import { expect, test } from 'vitest';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { compareKitFile } from './compare-kit.ts';

const rules =
  'groups:\n  - name: g\n    rules:\n      - alert: Slow\n        expr: lag > 300\n        for: 5m\n';
const file: KitFile = {
  path: 'monitoring/alert.rules.yml',
  part: 'alerts',
  title: 'Alerting rules',
  text: rules,
  executable: false,
  format: 'prometheus-rules',
  corrections: [],
};
const seen = (over: Partial<FileAtCommit>): FileAtCommit => ({
  commit: 'c'.repeat(40),
  path: file.path,
  found: 'file',
  oid: null,
  executable: false,
  bytes: null,
  sha256: null,
  text: rules,
  whyNoText: null,
  target: null,
  alike: null,
  ...over,
});

test('a file is told by what it says, and not by its lines', () => {
  expect(compareKitFile(file, null, []).state).toBe('not-looked-at');
  expect(compareKitFile(file, seen({ found: 'absent', text: null }), []).state).toBe('missing');
  expect(compareKitFile(file, seen({}), [])).toMatchObject({ state: 'same', fact: 'Byte for byte' });
  const laid = compareKitFile(file, seen({ text: `# by hand\n${rules}` }), []);
  expect(laid).toMatchObject({ state: 'same', fact: 'Lines differ, meaning does not' });
  expect(compareKitFile(file, seen({ text: '{' }), []).state).toBe('unreadable');
  expect(compareKitFile(file, seen({ text: null, whyNoText: 'binary' }), []).state).toBe('unreadable');
});

test('a bound changed by mistake differs, and one that the spec means is on purpose, with its reason', () => {
  const text = rules.replace('300', '600');
  const slip = compareKitFile(file, seen({ text }), []);
  expect(slip.state).toBe('differs');
  expect(slip.differences).toMatchObject([
    { kit: 'lag > 300', repository: 'lag > 600', why: 'It fires, or records, at something else' },
  ]);
  const at = slip.differences[0]?.at ?? '';
  const meant = compareKitFile(file, seen({ text }), [{ at, why: 'Agreed on 20 Nov' }]);
  expect(meant.state).toBe('on-purpose');
  expect(meant.differences).toMatchObject([{ meant: true, why: 'Agreed on 20 Nov' }]);
});

test('a part that is gone is no difference on purpose because one value in it may differ', () => {
  const more = { ...file, text: `${rules}        labels: { severity: page }\n` };
  const gone = compareKitFile(more, seen({ text: 'groups:\n  - name: g\n    rules: []\n' }), [
    { at: 'groups › “g” › rules › “Slow” › for', why: 'Agreed on 20 Nov' },
  ]);
  expect(gone.state).toBe('differs');
  expect(gone.differences.filter(({ meant }) => meant)).toMatchObject([
    { at: 'groups › “g” › rules › “Slow” › for', why: 'Agreed on 20 Nov' },
  ]);
  expect(gone.differences.filter(({ meant }) => !meant).length).toBeGreaterThan(0);
});

test('what says something else is told before what is missing, and that before what is too much', () => {
  const kit = { ...file, format: 'yaml', text: 'a: 1\nb: 2\n' } as const;
  const { differences } = compareKitFile(kit, seen({ text: 'z: 3\nb: 9\n' }), []);
  expect(differences.map(({ at }) => at)).toEqual(['b', 'a', 'z']);
});

test('a long text is told from where it differs, with the number that decides', () => {
  const sum = 'sum by (le) (rate(treasury_disbursement_lag_seconds_bucket{network="fast-mainnet"}[5m]))';
  const long = { ...file, text: rules.replace('lag > 300', `${sum} > 600`) };
  const { fact } = compareKitFile(long, seen({ text: rules.replace('lag > 300', `${sum} > 900`) }), []);
  expect(fact).toMatch(/ expr is “… 900”, the kit has “… 600”$/);
});

test('a document of the kit that is too long to be read in sections is told of, and nothing fails over it', () => {
  const kit = {
    ...file,
    format: 'markdown',
    text: `# Runbooks\n\n## Stuck\n\n${'x'.repeat(256 * 1024)}\n`,
  } as const;
  expect(compareKitFile(kit, seen({ text: '# Ours\n' }), [])).toMatchObject({
    state: 'unreadable',
    fact: expect.stringContaining('it is over 256 Ki characters'),
  });
});
