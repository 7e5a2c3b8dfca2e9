import { digestOf } from '#lib/canonical/digest.ts';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Outgoing } from '#lib/domain/outgoing.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Ask, Credential, Observation } from '#lib/domain/question.ts';
import { tokenOriginOf } from '#lib/domain/source-settings.ts';
import type { SourceSpec, Spec } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import type { BoardView, LaunchHead } from '#lib/domain/view.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { resolveCandidate } from '#lib/sources/registry.ts';
import { advanceCheck } from './advance-checks.ts';
import { type Asked, ask } from './ask.ts';
import type { Reach } from './ask-elsewhere.ts';
import { foldLaunch } from './fold-launch.ts';
import { judgeCheck } from './judge-check.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { planLaunch } from './plan.ts';
import { refusal } from './problems.ts';
import { addressesProblem } from './source-addresses.ts';
import { sourceTurn } from './source-turn.ts';
import { type SourceRow, sourceViews } from './source-views.ts';

/** What looking once needs: no database. */
export interface OnceHouse {
  readonly outgoing: Outgoing;
  readonly now: () => number;
  readonly cacheDir?: string;
}

export interface OnceInput {
  readonly spec: Spec;
  /** Source id to another address than the spec's. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Tokens by source id, where the caller has them. Each is sent to its source's own origin alone. */
  readonly tokens?: ReadonlyMap<string, string>;
  /** Another ref than the spec's for the candidate. */
  readonly ref?: string;
}

/**
 * Collects from every source once, judges, and folds the board: what `big-green check` prints. The first observation
 * of a check counts, there being none before it; signatures play no part.
 */
export async function checkOnce(input: OnceInput, house: OnceHouse): Promise<Result<BoardView>> {
  const { spec } = input;
  const problem = addressesProblem(spec, input.addresses);
  if (problem) return { ok: false, problem };
  const given = new Map(Object.entries(input.addresses));
  const sources = new Map(
    spec.sources.map(({ id, kind, address }) => {
      const at = given.get(id) ?? address;
      return [id, { key: digestOf({ kind, address: at }, sha256), address: at }] as const;
    }),
  );
  const candidate = await candidateOf(input, sources, house);
  if (!candidate.ok && input.ref !== undefined && isWrong(candidate.failure))
    return refusal('not-found', candidate.failure.message, 'Nothing was judged: --ref names the candidate.');
  const head: LaunchHead = {
    id: spec.launch.id,
    title: spec.launch.title,
    targetAt: spec.launch.target.at,
    targetBlock: spec.launch.target.block,
    candidate: candidate.ok ? candidate.value : null,
    specDigest: '',
    version: 0,
  };
  const launch: LaunchInForce = { head, spec, sources };
  const planned = planLaunch(launch);
  const reach: Reach = (_, other) => {
    const source = { ...other, address: sources.get(other.id)?.address ?? other.address };
    const context = {
      ...house,
      commit: head.candidate?.commit ?? null,
      credential: credentialIn(input, source),
    };
    return Promise.resolve({ ok: true, value: { source, context } });
  };
  const bySource = Map.groupBy(
    planned.filter(({ source }) => source !== null),
    ({ check }) => sources.get(check.source ?? '')?.key ?? '',
  );
  const rows = new Map<string, SourceRow>();
  const judged = await Promise.all(
    [...bySource].map(async ([key, checks]) => {
      const asked = withoutCandidate(
        await ask(checks, house, credentialIn(input, checks[0]?.source ?? null), reach),
        candidate,
      );
      const nowMs = house.now();
      rows.set(key, sourceTurn({ key, asked, everyMs: 0 }, undefined, nowMs).row);
      return checks.map((check) => judgeCheck(check, asked.of(check), nowMs));
    }),
  );
  const standings = new Map(
    judged.flat().map((one) => {
      const { standing } = advanceCheck(one, new Map());
      return [standingKey(one.planned.item.id, one.planned.check.id), standing] as const;
    }),
  );
  const nowMs = house.now();
  const { board } = foldLaunch({
    launch,
    planned,
    standings,
    sources: sourceViews(launch, rows, nowMs),
    burnup: [],
    nowMs,
  });
  return { ok: true, value: board };
}

function credentialIn({ tokens }: OnceInput, source: SourceSpec | null): Credential | null {
  const token = source ? tokens?.get(source.id) : undefined;
  const origin = source ? tokenOriginOf(source.kind, source.address) : null;
  return token !== undefined && origin !== null ? { origin, token } : null;
}

type Candidate =
  | { readonly ok: true; readonly value: NonNullable<LaunchHead['candidate']> }
  | { readonly ok: false; readonly failure: SourceFailure };

async function candidateOf(
  input: OnceInput,
  sources: LaunchInForce['sources'],
  house: OnceHouse,
): Promise<Candidate> {
  const { spec, ref: given } = input;
  const source = spec.sources.find(({ id }) => id === spec.candidate?.source);
  if (!spec.candidate || !source) {
    const message = 'The spec does not say which repository the candidate is taken from.';
    return { ok: false, failure: { kind: 'not-found', message, status: null, retryAt: null } };
  }
  const ref = given ?? spec.candidate.ref;
  const there = { ...source, address: sources.get(source.id)?.address ?? source.address };
  const credential = credentialIn(input, there);
  const resolved = await resolveCandidate(there, ref, { ...house, commit: null, credential });
  if (!resolved.ok) return resolved;
  const pinnedAt = new Date(house.now()).toISOString();
  return { ok: true, value: { ref, commit: resolved.value, pinnedAt } };
}

/** What was typed leads nowhere, however often it is tried. */
function isWrong({ kind }: SourceFailure): boolean {
  return kind === 'not-found' || kind === 'refused';
}

/** What is asked at the candidate's commit. */
const atCandidate: readonly Ask[] = ['file', 'ci-runs'];

/** Without a candidate there is no commit to look at, and why there is none is what the checks over it say. */
function withoutCandidate(asked: Asked, candidate: Candidate): Asked {
  if (candidate.ok) return asked;
  const outcome = { ok: false, failure: candidate.failure } as const;
  const told = (observation: Observation): Observation =>
    atCandidate.includes(observation.question.ask)
      ? ({ ...observation, outcome } as Observation)
      : observation;
  return {
    ...asked,
    of: (check) => asked.of(check).map(told),
    observations: asked.observations.map(told),
  };
}
