import type { Result } from '#lib/domain/problem.ts';
import type { Ask, Credential, Observation } from '#lib/domain/question.ts';
import { type Probe, type ProbePart, tokenOriginOf } from '#lib/domain/source-settings.ts';
import type { SourceKind, SourceSpec } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { probeSource } from '#lib/sources/registry.ts';
import { ask } from './ask.ts';
import type { Reach } from './ask-elsewhere.ts';
import { checksOfSource } from './checks-of-source.ts';
import type { PlannedCheck } from './plan.ts';
import { refusal } from './problems.ts';
import { quietUntil } from './quiet-time.ts';
import { reachSource } from './reach-source.ts';
import { addressTrouble, sourceKey } from './source-addresses.ts';
import { credentialOf, isToken, noSuchSource, noToken, takesNone } from './source-token.ts';

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
  const meaning =
    'What rests on what was not answered keeps its last verdict until its maxAge, and is unknown then.';
  return { ok: true, value: await tested({ key, source, planned }, credential, meaning, at) };
}

/** An address that is tried out before a source is moved there, or added. */
export interface AddressToTest {
  readonly kind: SourceKind;
  readonly address: string;
  /** Sent to its own origin alone, and not kept; null: what is held for the address already, if anything. */
  readonly token: string | null;
  /** The source whose checks are to be asked there, and for which launches; null where none reads it yet. */
  readonly of: { readonly key: string; readonly launches: readonly string[] } | null;
}

/** Tests an address before anything is kept: the same as for a source, with the checks that would be read there. */
export async function testAddress(
  { kind, address, token, of }: AddressToTest,
  at: House = house(),
): Promise<Result<Probe>> {
  if (token !== null && !isToken(token)) return noToken();
  const fault = addressTrouble(kind, address);
  if (fault) return refusal('invalid-input', `The address is not used: ${fault.message}`, fault.remedy);
  const key = sourceKey(kind, address);
  const origin = tokenOriginOf(kind, address);
  if (token !== null && origin === null) return takesNone(kind);
  const given = token === null || origin === null ? null : { origin, token: token.trim() };
  const reading = of ? (await checksOfSource(of.key, at)).planned : [];
  const planned = reading.flatMap((one) =>
    one.source && of?.launches.includes(one.launch.head.id)
      ? [{ ...one, source: { ...one.source, address } }]
      : [],
  );
  const blank = { id: 'tested', title: 'The source', network: null, everyMs: 60_000, timeoutMs: 10_000 };
  const source = planned[0]?.source ?? { ...blank, kind, address, buildInfo: null };
  if (source.kind !== kind) return refusal('invalid-input', `The source is no ${kind}.`);
  const credential = given ?? (await credentialOf(key, at));
  const meaning =
    planned.length > 0
      ? 'What is not answered there is unknown once it is read there.'
      : 'Nothing rests on it yet: it may be added all the same.';
  return { ok: true, value: await tested({ key, source, planned }, credential, meaning, at) };
}

interface Tried {
  readonly key: string;
  readonly source: SourceSpec;
  readonly planned: readonly PlannedCheck[];
}

async function tested(
  { key, source, planned }: Tried,
  credential: Credential | null,
  meaning: string,
  at: House,
): Promise<Probe> {
  const { outgoing, now, cacheDir } = at;
  const signedIn: ProbePart = {
    name: 'Signs in',
    state: 'found',
    says: credential ? `with a token, sent to ${credential.origin} alone` : 'without a token',
    tookMs: null,
  };
  const quiet = await quietUntil(key, credential, at, source);
  if (quiet) {
    const says = `not before ${quiet.toISOString()}: it asked not to be asked until then`;
    const left: ProbePart = { name: 'Answers', state: 'not-tried', says, tookMs: null };
    return { testedAt: new Date(now()).toISOString(), parts: [signedIn, left], note: null };
  }
  const context = { outgoing, now, cacheDir, credential, commit: null };
  const own = await probeSource(source, context, { hasChecks: planned.length > 0 });
  const isReached = own.every(({ state }) => state === 'found' || state === 'missing');
  const reach: Reach = (launch, other) => reachSource(launch, other, at);
  const asked = isReached ? (await ask(planned, at, credential, reach)).observations : [];
  const parts = [signedIn, ...own, ...(isReached ? answers(asked) : [])];
  return { testedAt: new Date(now()).toISOString(), parts, note: noteOf(parts, asked, meaning) };
}

const words: Readonly<Record<Ask, string>> = {
  metric: 'Metrics',
  promql: 'Queries',
  rules: 'Alert rules',
  names: 'Names of metrics',
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

function noteOf(parts: readonly ProbePart[], asked: readonly Observation[], meaning: string): string | null {
  if (parts.some(({ state }) => state === 'trouble')) return meaning;
  if (parts.some(({ state }) => state === 'missing'))
    return 'What may not be seen is unknown, never absent: give the token the permission that is named.';
  return asked.length === 0 ? 'No check reads it yet.' : null;
}
