import { writeDuration } from '#lib/domain/duration.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { SpecChanged, SpecChangePreview } from '#lib/domain/source-settings.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { diffSpecs, diffWords } from '#lib/spec/diff.ts';
import { sourceWords } from '#lib/spec/diff-sources.ts';
import { adoptSpec } from './adopt-spec.ts';
import { type ChangedSpec, changedSpec, type SpecChange } from './changed-spec.ts';
import { refusal } from './problems.ts';
import { sourceKey } from './source-addresses.ts';
import { sourceSnippet } from './source-snippet.ts';
import { isToken, noToken, tokenTrouble } from './source-token.ts';

/** Says what a change of a source in the spec would come to. Changes nothing. */
export async function previewSourceChange(
  change: SpecChange,
  at: House = house(),
): Promise<Result<SpecChangePreview>> {
  const changed = await changedSpec(at.db, change);
  return changed.ok ? { ok: true, value: previewOf(changed.value) } : changed;
}

/**
 * Changes a source in a launch's spec, or adds one, by adopting the changed text as any other version. A token that
 * comes with a source that is added is sealed in the same step.
 */
export async function changeSource(
  change: SpecChange & { readonly token: string | null },
  at: House = house(),
): Promise<Result<SpecChanged>> {
  const { token } = change;
  if (token !== null && !isToken(token)) return noToken();
  const changed = await changedSpec(at.db, change);
  if (!changed.ok) return changed;
  const { text, name, source } = changed.value;
  if (token !== null && !('add' in change.change))
    return refusal('invalid-input', 'A token is set on its own, and is no part of the spec.');
  const trouble = token === null ? null : tokenTrouble(source.kind, source.address);
  if (trouble) return trouble;
  const tokens = token === null ? {} : { [source.id]: token };
  const adopted = await adoptSpec({ text, name, over: change.over, tokens }, at);
  if (!adopted.ok) return adopted;
  const address = adopted.value.sources.find(({ id }) => id === source.id)?.address ?? source.address;
  return { ok: true, value: { ...previewOf(changed.value), key: sourceKey(source.kind, address) } };
}

function previewOf({ launch, name, before, text, spec, source, named }: ChangedSpec): SpecChangePreview {
  const isNew = !launch.spec.sources.some(({ id }) => id === source.id);
  const count = named.length;
  const [one] = named;
  const naming = one
    ? [
        `${count} ${count === 1 ? 'check that named no source names its own now' : 'checks that named no source name theirs now'}, since there is one more of their kind; they read what they read before.`,
      ]
    : [];
  const aged = agedChecks(launch.spec, spec);
  const unread = isNew ? ['No check reads it yet: it is not asked until one does.'] : [];
  const says = [
    ...diffWords(diffSpecs(launch.spec, spec)),
    ...sourceWords(launch.spec, spec),
    ...(aged ? [aged] : []),
    ...naming,
    ...unread,
    `It is in force here as soon as it is adopted. Commit the changed ${name} too: the next version that is adopted from there takes its place.`,
  ];
  const snippet = isNew ? sourceSnippet(source.kind, source.id, spec) : null;
  return { name, before, text, says, snippet };
}

/** Checks that say no age themselves take three periods of their source: what a new period does to them. */
function agedChecks(before: Spec, after: Spec): string | null {
  const agesOf = (spec: Spec) =>
    spec.tracks
      .flatMap(({ items }) => items)
      .flatMap(({ id, checks }) => checks.map((check) => [`${id}/${check.id}`, check.maxAgeMs] as const));
  const old = new Map(agesOf(before));
  const turned = agesOf(after).flatMap(([key, is]) => {
    const was = old.get(key);
    return was !== undefined && was !== is ? [{ was, is }] : [];
  });
  const [first] = turned;
  if (!first) return null;
  const checks = turned.length === 1 ? '1 check lets' : `${turned.length} checks let`;
  const span = `${writeDuration(first.is)} where it was ${writeDuration(first.was)}`;
  return `${checks} evidence stand for ${span}, since the age follows the period where none is written.`;
}
