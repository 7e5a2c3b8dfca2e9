import type { Result } from '#lib/domain/problem.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { readPath, resolveRef } from '#lib/sources/repository/index.ts';
import { type Adopted, adoptSpec } from './adopt-spec.ts';
import { pinCandidate } from './pin-candidate.ts';
import { refusal } from './problems.ts';
import { shippedFiles, shippedSpecText } from './view-launches.ts';

type Addresses = { readonly addresses?: Readonly<Record<string, string>> };

/** Where a launch's spec is taken from: shipped, given, or a file of a repository. */
export type LaunchBeginning = Addresses &
  (
    | { readonly shipped: string }
    | { readonly text: string; readonly name: string }
    | { readonly repository: string; readonly path: string; readonly ref?: string }
  );

/** What beginning a launch came to. */
export interface Begun extends Adopted {
  /** The candidate that was pinned or stood already; null when there is none. */
  readonly candidate: { readonly ref: string; readonly commit: string } | null;
  /** Why the candidate is not pinned yet; null when it is. */
  readonly candidateProblem: string | null;
}

/** Begins a launch, or adopts a new version of its spec, and pins a candidate where there is none. */
export async function beginLaunch(from: LaunchBeginning, at: House = house()): Promise<Result<Begun>> {
  const found = await specText(from, at);
  if (!found.ok) return found;
  const { addresses } = from;
  const adopted = await adoptSpec({ ...found.value, ...(addresses ? { addresses } : {}) }, at);
  if (!adopted.ok) return adopted;
  const { launch } = adopted.value;
  const stood = await at.db.candidate.findFirst({
    where: { launchId: launch },
    orderBy: { id: 'desc' },
    select: { ref: true, commit: true },
  });
  if (stood) return { ok: true, value: { ...adopted.value, candidate: stood, candidateProblem: null } };
  const pin = await pinCandidate(launch, {}, at);
  const candidate = pin.ok
    ? { candidate: pin.value.candidate, candidateProblem: null }
    : { candidate: null, candidateProblem: pin.problem.message };
  return { ok: true, value: { ...adopted.value, ...candidate } };
}

async function specText(from: LaunchBeginning, at: House): Promise<Result<{ text: string; name: string }>> {
  if ('text' in from) return { ok: true, value: { text: from.text, name: from.name } };
  if ('shipped' in from) {
    const { shipped } = from;
    const files = await shippedFiles();
    const name = [shipped, `${shipped}.yaml`].find((one) => files.includes(one));
    const text = name ? await shippedSpecText(name) : null;
    if (name && text !== null) return { ok: true, value: { text, name } };
    const known = files.length > 0 ? `Shipped are: ${files.join(', ')}.` : 'None is shipped.';
    return refusal('not-found', `No spec is shipped under the name “${shipped}”.`, known);
  }
  return fromRepository(from, at);
}

async function fromRepository(
  from: { readonly repository: string; readonly path: string; readonly ref?: string },
  at: House,
): Promise<Result<{ text: string; name: string }>> {
  const source: SourceSpec = {
    id: 'spec',
    title: 'Repository',
    kind: 'repository',
    network: null,
    address: from.repository,
    everyMs: 60_000,
    timeoutMs: 60_000,
    buildInfo: null,
  };
  const context = { outgoing: at.outgoing, now: at.now, cacheDir: at.cacheDir, commit: null };
  const commit = await resolveRef(source, from.ref ?? 'HEAD', context);
  if (!commit.ok) return refusal('source-failed', commit.failure.message, 'Nothing was adopted.');
  const file = await readPath(source, commit.commit, from.path, context);
  if (!file.ok) return refusal('source-failed', file.failure.message, 'Nothing was adopted.');
  if (file.value.found === 'absent') {
    const other = file.value.alike ? `Did you mean ${file.value.alike}?` : 'Nothing was adopted.';
    return refusal('not-found', `There is no ${from.path} at ${commit.commit.slice(0, 12)}.`, other);
  }
  if (file.value.text === null) {
    return refusal('not-found', `${from.path} is not a text file at ${commit.commit.slice(0, 12)}.`);
  }
  return {
    ok: true,
    value: { text: file.value.text, name: `${from.path} at ${commit.commit.slice(0, 12)}` },
  };
}
