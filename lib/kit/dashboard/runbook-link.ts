import type { KitSpec, RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { sectionUrl } from '../anchor.ts';

/** A runbook that alerts over a threshold lead to. */
export interface RunbookLink {
  readonly runbook: RunbookSpec;
  /** The alerts that lead there, in the spec's order. */
  readonly alerts: readonly string[];
  /** Address of its section; null when the spec does not say where people read the repository's files. */
  readonly url: string | null;
}

/** The runbooks of the alerts that watch a threshold, each once. */
export function runbooksOf(threshold: string, spec: Spec, kit: KitSpec): readonly RunbookLink[] {
  const watching = spec.alerts.filter(({ rule }) => rule?.threshold === threshold).map(({ name }) => name);
  return kit.runbooks.flatMap((runbook) => {
    const alerts = watching.filter((name) => runbook.alerts.includes(name));
    return alerts.length > 0 ? [{ runbook, alerts, url: sectionUrl(spec, runbook) }] : [];
  });
}
