import { expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
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

test('a bound that is gone, and a threshold that is, ask for less', () => {
  const bound = diff(['warning: 300, critical: 600', 'warning: 300']);
  expect(bound.loosened).toEqual([{ where: 'lag', words: 'critical above 600 is gone' }]);
  const gone = diff(
    [/thresholds: .*\n/.exec(text)?.[0] ?? '', ''],
    [/alerts: .*\n/.exec(text)?.[0] ?? '', ''],
  );
  expect(gone.loosened).toEqual([{ where: 'lag', words: 'the threshold is gone' }]);
});

test('a difference from the kit that is meant from now on asks for less, and so do fewer commands of a runbook', () => {
  const spec = specOf(text);
  const [track] = spec.tracks;
  const [item] = track?.items ?? [];
  const [check] = item?.checks ?? [];
  if (!track || !item || !check) throw new Error('the spec has no check');
  const withRules = (...parameters: JsonObject[]) => ({
    ...spec,
    tracks: [
      {
        ...track,
        items: [
          {
            ...item,
            checks: parameters.map((one, at) => ({ ...check, id: `check-${at}`, parameters: one })),
          },
        ],
      },
    ],
  });
  const onPurpose = (...places: string[]) => ({ onPurpose: places.map((at) => ({ at, why: 'Agreed.' })) });
  const before = withRules(onPurpose('one'), { commands: 4 }, { atLeast: 5 });
  const after = withRules(onPurpose('one', 'two'), { commands: 2 }, { atLeast: 4 });
  expect(diffSpecs(before, after).loosened).toEqual([
    { where: 'lag/check-0', words: 'two may differ' },
    { where: 'lag/check-1', words: 'commands 2 where it was 4' },
    { where: 'lag/check-2', words: 'atLeast 4 where it was 5' },
  ]);
  expect(diffSpecs(after, before).loosened).toEqual([]);
  const every = diffSpecs(withRules({ group: 'all' }), withRules({ group: 'all', atLeast: 3 }));
  expect(every.loosened).toEqual([{ where: 'lag/check-0', words: 'atLeast 3 where it was every one' }]);
});
