import { expect, test } from 'vitest';
import type { DriftDifference } from '#lib/domain/drift.ts';
import { type ThreePlaces, wayRound } from './way-round.ts';

const bound = (file: string, runs: string, subject = 'Lag'): DriftDifference => ({
  kind: 'threshold-moved',
  key: `${subject}\nthresholds`,
  subject,
  at: `panels › “${subject}” › fieldConfig › defaults › thresholds`,
  file,
  runs,
  says: `threshold moved from ${file} to ${runs}`,
});

const places = (given: Partial<ThreePlaces>): ThreePlaces => ({
  kitRuns: [],
  kitRepository: [],
  repositoryRuns: [],
  repository: 'same',
  isMeant: () => false,
  where: 'Grafana',
  verb: 'holds',
  ...given,
});

test.each<[string, Partial<ThreePlaces>, string, string | null]>([
  ['what runs', { kitRuns: [bound('6', '8')], repositoryRuns: [bound('6', '8')] }, 'drifted', 'runs'],
  ['the kit', { kitRuns: [bound('6', '8')], kitRepository: [bound('6', '8')] }, 'drifted', 'kit'],
  [
    'the repository',
    { kitRepository: [bound('6', '8')], repositoryRuns: [bound('8', '6')], repository: 'differs' },
    'same',
    'repository',
  ],
  [
    'none of them',
    { kitRuns: [bound('6', '8')], kitRepository: [bound('6', '7')], repositoryRuns: [bound('7', '8')] },
    'drifted',
    null,
  ],
])('%s stands alone', (_, given, state, odd) => {
  const way = wayRound(places(given));
  expect(way.state).toBe(state);
  expect(way.differences.map((one) => one.odd)).toEqual([odd]);
});

test('what the spec allows is on purpose once it runs, and drift while it does not', () => {
  const allowed = {
    kitRepository: [bound('6', '8')],
    isMeant: () => true,
    repository: 'on-purpose',
  } as const;
  const runs = wayRound(places({ ...allowed, kitRuns: [bound('6', '8')] }));
  expect([runs.state, runs.fact]).toEqual(['on-purpose', '1 difference that the spec allows']);
  expect(wayRound(places({ ...allowed, repositoryRuns: [bound('8', '6')] })).way).toMatch(
    /^What the spec allows the repository was not deployed: Lag: threshold moved from 6 to 8\./,
  );
  // Allowed to the repository, which does not make use of it: nobody allowed it to Grafana.
  const alone = { kitRuns: [bound('6', '8')], repositoryRuns: [bound('6', '8')], isMeant: () => true };
  expect(wayRound(places(alone)).state).toBe('drifted');
});

test('where the repository was not read, nobody is said to stand alone', () => {
  const unread = { kitRepository: null, repositoryRuns: null, repository: 'not-looked-at' } as const;
  const way = wayRound(places({ ...unread, kitRuns: [bound('6', '8')] }));
  expect(way.differences).toMatchObject([{ kit: '6', repository: null, runs: '8', odd: null }]);
  expect(way.way).toMatch(/^The repository’s file was not read; Grafana holds something else than the kit/);
  expect(wayRound(places(unread)).way).toBe(
    'Grafana holds what the kit says; the repository’s file was not read.',
  );
});

test('differences of several kinds are counted, each where it stands', () => {
  const way = wayRound(
    places({
      kitRuns: [bound('6', '8', 'A'), bound('6', '8', 'B')],
      kitRepository: [bound('6', '8', 'B'), bound('6', '8', 'C')],
      repositoryRuns: [bound('6', '8', 'A'), bound('8', '6', 'C')],
      repository: 'differs',
    }),
  );
  expect(way.differences.map(({ subject, odd }) => [subject, odd])).toEqual([
    ['A', 'runs'],
    ['B', 'kit'],
    ['C', 'repository'],
  ]);
  expect(way.fact).toBe('2 differences: A: threshold moved from 6 to 8');
  expect(way.way).toContain('1 in Grafana alone, 1 in the repository and in Grafana');
});

test('a panel that was renamed in the repository and deployed is the kit’s to follow', () => {
  const renamed = {
    ...bound('Lag', 'Lag (p95)'),
    kind: 'panel-renamed',
    key: 'Lag\ntitle',
    at: 'a',
  } as const;
  const moved = bound('6', '8');
  const way = wayRound(
    places({
      kitRuns: [renamed, moved],
      kitRepository: [renamed],
      repositoryRuns: [{ ...moved, subject: 'Lag (p95)', key: 'Lag (p95)\nthresholds' }],
    }),
  );
  expect(way.differences.map(({ odd }) => odd)).toEqual(['kit', 'runs']);
});

test('a panel that the repository lacks is not told to be there as the kit has it', () => {
  const gone: DriftDifference = {
    ...bound('Lag', ''),
    kind: 'panel-gone',
    key: 'Lag',
    file: 'Lag',
    runs: null,
  };
  const given = { kitRuns: [bound('6', '8')], kitRepository: [gone], repository: 'differs' } as const;
  const way = wayRound(places({ ...given, repositoryRuns: [{ ...gone, kind: 'panel-added' }] }));
  const [first] = way.differences;
  expect([first?.kit, first?.repository, first?.runs, first?.odd]).toEqual(['6', null, '8', null]);
  expect(way.way).not.toContain('Deploy the file again');
});
