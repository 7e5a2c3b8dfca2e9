import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Judged, Judgement } from '#lib/domain/judgement.ts';
import type { Standing } from '#lib/domain/standing.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { advance, type StandingRule } from './standing.ts';
import { standingAt } from './standing-now.ts';

const minute = 60_000;
const start = Date.parse('2026-11-23T08:00:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();

const judgement = (verdict: Verdict): Judgement => ({
  verdict,
  quiet: false,
  fact: { lead: verdict, rest: '' },
  sentence: `It came to ${verdict}.`,
  toGreen: [],
  deciding: { verdict },
  readings: {},
  picture: { kind: 'none' },
  again: null,
});
const saw = (verdict: Verdict, ms: number): Judged => ({
  kind: 'judged',
  judgement: judgement(verdict),
  observedAt: at(ms),
});
const lost = (kind: SourceFailure['kind'], ms: number): Judged => ({
  kind: 'failed',
  failure: { kind, message: `The source was ${kind}.`, status: null, retryAt: null },
  observedAt: at(ms),
});

const rule = (
  digest: string | null,
  confirm: StandingRule['confirm'] = { kind: 'observations', count: 2 },
) => ({
  ruleVersion: 1,
  maxAgeMs: 5 * minute,
  confirm,
  evidenceDigest: digest,
});

function play(observations: readonly Judged[], confirm?: StandingRule['confirm']) {
  let standing: Standing | null = null;
  const kinds: string[] = [];
  for (const judged of observations) {
    const digest = judged.kind === 'judged' ? judged.judgement.verdict : null;
    const step = advance(standing, judged, rule(digest, confirm));
    standing = step.standing;
    kinds.push(step.changes.map((change) => change.kind).join('+'));
  }
  if (!standing) throw new Error('nothing was played');
  return { standing, kinds };
}

describe('confirmation', () => {
  test('a first fail counts at once, since there is no standing pass to protect', () => {
    expect(play([saw('fail', 0)]).standing).toMatchObject({ verdict: 'fail', failing: null });
  });

  test('a later fail is failing first and counts at the second in a row', () => {
    const first = play([saw('pass', 0), saw('fail', minute)]).standing;
    expect(first).toMatchObject({ verdict: 'pass', evidenceDigest: 'pass', failing: { count: 1 } });
    expect(standingAt(first, start + minute)).toMatchObject({ verdict: 'pass', failing: true });
    const second = play([saw('pass', 0), saw('fail', minute), saw('fail', 2 * minute)]);
    expect(second.standing).toMatchObject({ verdict: 'fail', failing: null, since: at(2 * minute) });
    expect(second.kinds).toEqual(['verdict', 'failing', 'verdict']);
  });

  test('one pass in between starts the count again', () => {
    const { standing } = play([saw('pass', 0), saw('fail', 1), saw('pass', 2), saw('fail', 3)]);
    expect(standing).toMatchObject({ verdict: 'pass', failing: { count: 1 } });
  });

  test('`for` wants a time and not a count', () => {
    const confirm = { kind: 'duration', forMs: 2 * minute } as const;
    const fails = [saw('pass', 0), saw('fail', 1), saw('fail', 2), saw('fail', 3)];
    expect(play(fails, confirm).standing.verdict).toBe('pass');
    expect(play([...fails, saw('fail', 1 + 2 * minute)], confirm).standing.verdict).toBe('fail');
  });

  test('a fail seen first after the pass grew too old leaves it unknown, not green, until it is confirmed', () => {
    const unseen = [saw('pass', 0), saw('fail', 20 * minute)];
    expect(play(unseen).standing).toMatchObject({ verdict: 'unknown', failing: { count: 1 } });
    expect(play([...unseen, saw('fail', 21 * minute)]).standing.verdict).toBe('fail');
    expect(play([...unseen, saw('pass', 21 * minute)]).standing).toMatchObject({
      verdict: 'pass',
      failing: null,
    });
    const silent = [saw('pass', 0), lost('timeout', 4 * minute), saw('fail', 6 * minute)];
    expect(play(silent).standing).toMatchObject({ verdict: 'unknown', failing: { count: 1 } });
  });

  test('a fail that went dark is a fail again without waiting', () => {
    const { standing } = play([saw('fail', 0), lost('malformed', 1), saw('fail', 2)]);
    expect(standing.verdict).toBe('fail');
  });
});

describe('silence and nonsense', () => {
  test('silence leaves the verdict until maxAge, then it is unknown', () => {
    const { standing, kinds } = play([saw('pass', 0), lost('timeout', minute), lost('timeout', 5 * minute)]);
    expect(standing).toMatchObject({ verdict: 'pass', silentSince: at(minute), observedAt: at(0) });
    expect(kinds).toEqual(['verdict', 'silent', '']);
    expect(standingAt(standing, start + 5 * minute)).toMatchObject({ verdict: 'pass', silent: true });
    expect(standingAt(standing, start + 5 * minute + 1)).toMatchObject({ verdict: 'unknown' });
    const later = advance(standing, lost('timeout', 6 * minute), rule(null));
    expect(later.standing.verdict).toBe('unknown');
    expect(later.standing.judgement?.verdict).toBe('pass');
  });

  test.each(['unauthorised', 'malformed', 'too-large', 'error-status', 'refused', 'not-found'] as const)(
    '%s makes it unknown at once, and never silent',
    (kind) => {
      const { standing } = play([saw('pass', 0), lost(kind, 1)]);
      expect(standing).toMatchObject({ verdict: 'unknown', silentSince: null });
    },
  );

  test('silence after nonsense is unknown, and its sentence does not say that the last good answer stands', () => {
    const { standing } = play([saw('pass', 0), lost('malformed', minute), lost('timeout', 2 * minute)]);
    const now = standingAt(standing, start + 2 * minute);
    expect(now).toMatchObject({ verdict: 'unknown', silent: true });
    expect(now.sentence).toMatch(/^The source was timeout\. Last good answer .*: It came to pass\.$/);
  });

  test('a source that never answered leaves nothing standing', () => {
    const { standing } = play([lost('unreachable', 0)]);
    expect(standingAt(standing, start)).toMatchObject({ verdict: 'unknown' });
    expect(standingAt(standing, start).sentence).toContain('never judged');
  });

  test('the same answer after silence counts again by itself', () => {
    const { standing, kinds } = play([saw('pass', 0), lost('timeout', 1), saw('pass', 2)]);
    expect(standing).toMatchObject({ verdict: 'pass', silentSince: null, since: at(0) });
    expect(kinds.at(-1)).toBe('answered');
  });
});

describe('staleness', () => {
  test('nobody tried past maxAge: stale, and never red', () => {
    const { standing } = play([saw('fail', 0)]);
    expect(standingAt(standing, start + 5 * minute).verdict).toBe('fail');
    expect(standingAt(standing, start + 5 * minute + 1).verdict).toBe('stale');
  });

  test('the gap stays visible once somebody looks again', () => {
    const { standing, kinds } = play([saw('pass', 0), saw('pass', 20 * minute)]);
    expect(kinds.at(-1)).toBe('gap+verdict');
    expect(standing.since).toBe(at(20 * minute));
  });
});

test('four changes of verdict within an hour are flapping, and four over a day are not', () => {
  const flips = (step: number) => [0, 1, 2, 3].map((n) => saw(n % 2 ? 'unknown' : 'pass', n * step * minute));
  const quick = play(flips(2)).standing;
  expect(standingAt(quick, start + 7 * minute).flapping).toBe(true);
  const slow = play(flips(4 * 60)).standing;
  expect(standingAt(slow, start + 12 * 60 * minute).flapping).toBe(false);
});

test('no run of silence and answers shows a fail that no observation gave', () => {
  const step = fc.oneof(
    fc.constant('pass' as const),
    fc.constant('unknown' as const),
    fc.constant('timeout' as const),
    fc.constant('malformed' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), fc.integer({ min: 0, max: 60 }), (steps, minutes) => {
      const observations = steps.map((kind, n) =>
        kind === 'pass' || kind === 'unknown' ? saw(kind, n * minute) : lost(kind, n * minute),
      );
      const { standing } = play(observations);
      const now = standingAt(standing, Date.parse(standing.triedAt) + minutes * minute);
      expect(now.verdict).not.toBe('fail');
      if (now.verdict === 'pass') expect(steps).toContain('pass');
    }),
  );
});
