import type { RegisteredCheck } from '#lib/domain/check-kind.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { type Draft, type Reading, sayUnknown } from './draft.ts';
import { meant } from './faults.ts';
import { nodeAt, type Path, textAt } from './tree.ts';

/** The source a check reads: the one it names, else the only one of the kind's sort and the check's network. */
export function sourceOf(
  reading: Reading,
  draft: Draft,
  sources: readonly SourceSpec[],
  { path, kind }: { readonly path: Path; readonly kind: RegisteredCheck },
): SourceSpec | null {
  const { root, faults } = reading;
  const named = textAt(root, [...path, 'source']);
  const network = textAt(root, [...path, 'network']);
  sayUnknown(reading, [...path, 'network'], draft.networks.names);
  if (kind.sourceKinds.length === 0) {
    const message = `\`${kind.meta.id}\` reads no source.`;
    if (nodeAt(root, [...path, 'source']) !== null)
      faults.add([...path, 'source'], message, 'Remove it.', 'key');
    return null;
  }
  const able = sources.filter((source) => kind.sourceKinds.includes(source.kind));
  const fitting = able.filter((source) => network === null || source.network === network);
  if (named === null) return onlyOf(reading, draft, { path, kind, fitting, network });
  sayUnknown(reading, [...path, 'source'], draft.sources.names);
  const source = sources.find(({ id }) => id === named) ?? null;
  if (source !== null && !kind.sourceKinds.includes(source.kind)) {
    const message = `\`${kind.meta.id}\` reads a source of kind ${kindsOf(kind)}; \`${named}\` is a \`${source.kind}\`.`;
    faults.add([...path, 'source'], message, meant(named, new Set(able.map(({ id }) => id))));
    return null;
  }
  if (source !== null && network !== null && source.network !== network) {
    const of = source.network === null ? 'of no network' : `of \`${source.network}\``;
    faults.add(
      [...path, 'network'],
      `The source \`${named}\` is ${of}.`,
      'Remove the network, or name another source.',
    );
  }
  return source;
}

interface Wanted {
  readonly path: Path;
  readonly kind: RegisteredCheck;
  readonly fitting: readonly SourceSpec[];
  readonly network: string | null;
}

function onlyOf(
  { faults }: Reading,
  draft: Draft,
  { path, kind, fitting, network }: Wanted,
): SourceSpec | null {
  const [only, another] = fitting;
  if (only && !another) return only;
  const of = network === null ? '' : ` of the network \`${network}\``;
  if (another) {
    const ids = fitting.map(({ id }) => `\`${id}\``).join(', ');
    const message = `Several sources${of} are of kind ${kindsOf(kind)}, and this check does not say which it reads.`;
    faults.add(path, message, `Add \`source\`: one of ${ids}.`);
  } else if ((network === null || draft.networks.names.names.has(network)) && !faults.under(['sources'])) {
    const message = `\`${kind.meta.id}\` reads a source of kind ${kindsOf(kind)}, and the spec has none${of}.`;
    faults.add(path, message, `Add a source of kind ${kindsOf(kind)}.`);
  }
  return null;
}

/** `prometheus`, or `repository`, `github` or `gitlab`, for sentences. */
function kindsOf({ sourceKinds }: RegisteredCheck): string {
  const words = sourceKinds.map((kind) => `\`${kind}\``);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}
