import { expect, test } from 'vitest';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { diffSpecs, diffWords, weakened } from './diff.ts';

const text = `format: big-green/v1
launch: { id: small, title: Small, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: SRE, abbreviation: SRE } }
sources: { prometheus: { kind: prometheus, address: 'http://127.0.0.1:1' } }
metrics: { all: { up: {} } }
thresholds: { lag: { title: Lag, metric: up, above: { warning: 300, critical: 600 } } }
alerts: { LagHigh: { threshold: lag, severity: warning, for: 1m } }
tracks:
  one:
    title: One
    lead: sre
    items:
      lag: { title: Lag, phase: launch, signOff: { sre: 2 }, checks: [{ kind: query, expr: max(up), is: { below: 300 } }, { kind: metric-coverage }] }
      floor: { title: Floor, phase: launch, checks: [{ kind: query, expr: min(up), is: { atLeast: 3 } }] }
      said: { title: Said, phase: launch, checks: [{ kind: attestation, role: sre, statement: Yes. }] }
`;

function specOf(yaml: string) {
  const read = readSpec(yaml, 'small.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.spec;
}

/** What these replacements in the text come to. */
function diff(...replaced: readonly (readonly [find: string, write: string])[]) {
  const after = replaced.reduce((yaml, [find, write]) => {
    expect(yaml).toContain(find);
    return yaml.replace(find, write);
  }, text);
  return diffSpecs(specOf(text), specOf(after));
}

test('the same spec with a comment before it has changed nothing', () => {
  expect(diffWords(diff(['tracks:', '# The lines move.\ntracks:']))).toEqual([]);
});

test('a blocker that is gone is named first, and one that is demoted', () => {
  const line = / {6}said: .*\n/.exec(text)?.[0] ?? '';
  const more = '      new: { title: New, phase: launch, checks: [{ kind: metric, metric: up }] }\n';
  const found = diff([line, more], ['title: Floor,', 'title: Floor, level: optional,']);
  expect(diffWords(found)).toEqual([
    'Blocker removed: “Said” (said, blocker).',
    'Blocker demoted: “Floor” (floor) from blocker to optional.',
    'Loosened: floor, sre signs 0 times where it was 1.',
    'Item added: “New” (new, blocker).',
    'Rule changed: “Floor” (floor, optional).',
  ]);
  expect(weakened(found)).toMatchObject({ removedBlockers: ['said'], demoted: ['floor'] });
});

test('bounds are loosened upwards or downwards, by the side they hold on', () => {
  const loose = diff(
    ['below: 300', 'below: 301'],
    ['atLeast: 3', 'atLeast: 2'],
    ['critical: 600', 'critical: 900'],
  );
  expect(loose.loosened).toEqual([
    { where: 'lag/query', words: 'below 301 where it was 300' },
    { where: 'floor/query', words: 'atLeast 2 where it was 3' },
    { where: 'lag', words: 'critical above 900 where it was 600' },
  ]);
  const tight = diff(
    ['below: 300', 'below: 299'],
    ['atLeast: 3', 'atLeast: 4'],
    ['critical: 600', 'critical: 500'],
  );
  expect(tight.loosened).toEqual([]);
  expect(tight.changed.map(({ id }) => id)).toEqual(['lag', 'floor']);
});

test('fewer signatures and a check that is gone ask for less', () => {
  const found = diff(['sre: 2', 'sre: 1'], [', { kind: metric-coverage }', '']);
  expect(weakened(found).loosened).toEqual(['lag/metric-coverage', 'lag']);
});
