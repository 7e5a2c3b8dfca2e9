import type { Result } from '#lib/domain/problem.ts';
import type { Ask, Observation } from '#lib/domain/question.ts';
import type { Probe, ProbePart } from '#lib/domain/source-settings.ts';
import { type House, house } from '#lib/server/house.ts';
import { probeSource } from '#lib/sources/registry.ts';
import { ask } from './ask.ts';
import type { Reach } from './ask-elsewhere.ts';
import { checksOfSource } from './checks-of-source.ts';
import { quietUntil } from './quiet-time.ts';
import { reachSource } from './reach-source.ts';
import { credentialOf, noSuchSource } from './source-token.ts';

/**
 * Tests a source's connection: what it tells of itself, and whether it answers what its checks want to know. Keeps
 * nothing and judges nothing: the next cycle does.
 */
export async function testSource(key: string, at: House = house()): Promise<Result<Probe>> {
  const { launches, planned } = await checksOfSource(key, at);
  const source = launches.flatMap((launch) =>
    launch.spec.sources.flatMap((one) => {
      const physical = launch.sources.get(one.id);
      return physical?.key === key ? [{ ...one, address: physical.address }] : [];
    }),
  )[0];
  if (!source) return noSuchSource();
  const credential = await credentialOf(key, at);
  const { outgoing, now, cacheDir } = at;
  const signedIn: ProbePart = {
    name: 'Signs in',
    state: 'found',
    says: credential ? `with a token, sent to ${credential.origin} alone` : 'without a token',
    tookMs: null,
  };
  const quiet = await quietUntil(key, credential, at);
  if (quiet) {
    const says = `not before ${quiet.toISOString()}: it asked not to be asked until then`;
    const left: ProbePart = { name: 'Answers', state: 'not-tried', says, tookMs: null };
    const testedAt = new Date(now()).toISOString();
    return { ok: true, value: { testedAt, parts: [signedIn, left], note: null } };
  }
  const own = await probeSource(source, { outgoing, now, cacheDir, credential, commit: null });
  const isReached = own.every(({ state }) => state === 'found' || state === 'missing');
  const reach: Reach = (launch, other) => reachSource(launch, other, at);
  const asked = isReached ? (await ask(planned, at, credential, reach)).observations : [];
  const parts = [signedIn, ...own, ...(isReached ? answers(asked) : [])];
  return { ok: true, value: { testedAt: new Date(now()).toISOString(), parts, note: noteOf(parts, asked) } };
}

const words: Readonly<Record<Ask, string>> = {
  metric: 'Metrics',
  promql: 'Queries',
  rules: 'Alert rules',
  file: 'Files',
  json: 'Paths',
  'ci-runs': 'CI runs',
  'ci-required': 'Required checks',
  dashboard: 'Dashboards',
  'panel-data': 'Panels’ data',
};

/** A part for each kind of question; the first failure of a kind speaks for it. */
function answers(observations: readonly Observation[]): ProbePart[] {
  return [...Map.groupBy(observations, ({ question }) => question.ask)].map(([kind, of]) => {
    const failed = of.flatMap(({ outcome }) => (outcome.ok ? [] : [outcome.failure]));
    const [first] = failed;
    const tookMs = Math.max(...of.map((one) => one.tookMs));
    const name = words[kind];
    if (!first)
      return {
        name,
        state: 'found',
        says: of.length === 1 ? 'answered' : `all ${of.length} answered`,
        tookMs,
      };
    const state = first.kind === 'unauthorised' ? 'missing' : 'trouble';
    const share = `${of.length - failed.length} of ${of.length} answered`;
    return { name, state, says: `${share}: ${first.message}`, tookMs };
  });
}

function noteOf(parts: readonly ProbePart[], asked: readonly Observation[]): string | null {
  if (parts.some(({ state }) => state === 'trouble'))
    return 'What rests on what was not answered keeps its last verdict until its `maxAge`, and is unknown then.';
  if (parts.some(({ state }) => state === 'missing'))
    return 'What may not be seen is unknown, never absent: give the token the permission that is named.';
  return asked.length === 0 ? 'No check reads it yet.' : null;
}
