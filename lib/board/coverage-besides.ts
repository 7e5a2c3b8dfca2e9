import type { CoverageBesides } from '#lib/domain/coverage-besides.ts';
import type { NamesSeen } from '#lib/domain/observations/prometheus.ts';

/** What one check that looks at an inventory saw of names; `dark`: why it can say nothing now. */
export type NamesLook = { readonly dark: string } | { readonly dark: null; readonly names: NamesSeen | null };

interface Known {
  /** Names that the spec uses and does not declare. */
  readonly used: readonly { readonly name: string; readonly places: readonly string[] }[];
  /** Names in the rules that are loaded: what they read, and what they record. */
  readonly inRules: ReadonlySet<string>;
}

/** What client libraries say of their own process, by the prefixes that Prometheus's keep for it. */
const runtime = /^(?:go|process|promhttp|python|jvm|nodejs|dotnet|ruby|rust|tokio|erlang_vm|net_conntrack)_/;
const parts = ['', '_bucket', '_sum', '_count'];
const mostListed = 100;

/** Puts the looks of all coverage checks together. What no check could read is unknown, and no name a hole by it. Pure. */
export function coverageBesides(looks: readonly NamesLook[], { used, inRules }: Known): CoverageBesides {
  const read = looks.flatMap((look) =>
    look.dark === null && look.names?.unread === null ? [look.names] : [],
  );
  const isWhole = looks.length > 0 && read.length === looks.length && !read.some(({ cut }) => cut);
  const emitted = new Set(read.flatMap((names) => names.used));
  const unknown = [...new Set(read.flatMap((names) => names.unknown))].sort();
  const own = unknown.filter((name) => !parts.some((part) => inRules.has(name + part)));
  const listed = own.filter((name) => !runtime.test(name));
  return {
    jobs: [...new Set(read.flatMap(({ jobs }) => jobs))].sort(),
    unread: whyUnread(looks, read),
    usedByNobody: used.filter(({ name }) => !emitted.has(name)).map((one) => ({ ...one, isKnown: isWhole })),
    usedNowhere: listed.slice(0, mostListed),
    moreUsedNowhere: Math.max(0, listed.length - mostListed) + Math.max(0, ...read.map(({ more }) => more)),
    ofRuntime: own.length - listed.length,
  };
}

function whyUnread(looks: readonly NamesLook[], read: readonly NamesSeen[]): string | null {
  if (looks.length === 0)
    return 'No check looks at an inventory of metrics, so nobody asks which names there are.';
  const failed = looks.flatMap((look) => look.dark ?? look.names?.unread ?? []);
  if (failed[0] !== undefined) return failed[0];
  if (read.length === 0) return 'No declared metric is emitted, so that the jobs which do are not known.';
  return read.some(({ cut }) => cut) ? 'There are more than 10 000 names: the rest was not read.' : null;
}
