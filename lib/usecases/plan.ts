import { checkKinds } from '#lib/checks/registry.ts';
import type { CheckSource, RegisteredCheck } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Question } from '#lib/domain/question.ts';
import type { CheckSpec, ItemSpec, SourceSpec, Spec } from '#lib/domain/spec.ts';
import { kitOf } from './kit-of.ts';
import type { LaunchInForce } from './launch-in-force.ts';

/** A check made ready to be asked and judged. */
export interface PlannedCheck {
  readonly launch: LaunchInForce;
  readonly item: ItemSpec;
  readonly check: CheckSpec;
  readonly kind: RegisteredCheck;
  /** Parameters with what they name in the spec filled in. */
  readonly bound: JsonObject;
  readonly questions: readonly Question[];
  /** As the installation reaches it; null for a kind that reads none. */
  readonly source: SourceSpec | null;
  /** Other sources that it may ask too, as the installation reaches them. */
  readonly others: readonly SourceSpec[];
}

type Bindings = ReadonlyMap<
  CheckSpec,
  { kind: RegisteredCheck; bound: JsonObject; questions: readonly Question[] }
>;

/** Binding is a function of the spec, and a spec never changes. */
const bindings = new WeakMap<Spec, Bindings>();

/** All checks of a launch, in the order of its spec. */
export function planLaunch(launch: LaunchInForce): PlannedCheck[] {
  const bound = bindSpec(launch.spec);
  const sources = new Map(launch.spec.sources.map((source) => [source.id, resolveSource(source, launch)]));
  return launch.spec.tracks.flatMap(({ items }) =>
    items.flatMap((item) =>
      item.checks.flatMap((check) => {
        const binding = bound.get(check);
        const source = check.source === null ? null : (sources.get(check.source) ?? null);
        if (!binding) return [];
        const others = binding.kind.alsoReads(binding.bound).flatMap((id) => sources.get(id) ?? []);
        return [{ launch, item, check, source, others, ...binding }];
      }),
    ),
  );
}

function resolveSource(source: SourceSpec, launch: LaunchInForce): SourceSpec {
  const at = launch.sources.get(source.id);
  return at ? { ...source, address: at.address } : source;
}

function bindSpec(spec: Spec): Bindings {
  const known = bindings.get(spec);
  if (known) return known;
  const made = new Map(
    spec.tracks
      .flatMap(({ items }) => items)
      .flatMap(({ checks }) => checks.map((check) => [check, bindCheck(check, spec)])),
  );
  bindings.set(spec, made);
  return made;
}

function bindCheck(check: CheckSpec, spec: Spec) {
  const kind = checkKinds.get(check.kind);
  if (!kind) throw new Error(`The kind ${check.kind} passed the spec's reader and is not in the registry.`);
  const bind = kind.bind(check.parameters, spec, () => kitOf(spec));
  if (!bind.ok) throw new Error(`Check ${check.id} passed the spec's reader and does not bind.`);
  return { kind, bound: bind.bound, questions: kind.reads(bind.bound, check.source ?? '') };
}

/** What a check's rule sees of its source. */
export function checkSource(source: SourceSpec | null): CheckSource | null {
  return source ? { id: source.id, title: source.title, address: source.address } : null;
}
