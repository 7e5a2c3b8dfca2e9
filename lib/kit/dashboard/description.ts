import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { ThresholdSpec } from '#lib/domain/spec.ts';
import type { RunbookLink } from './runbook-link.ts';
import { boundsInWords } from './thresholds.ts';

/** What a panel tells whoever hovers over it (Markdown): what it shows, its bounds, when silence is right, what to do. */
export function describePanel(
  panel: PanelSpec,
  threshold: ThresholdSpec | null,
  runbooks: readonly RunbookLink[],
): string {
  const parts: string[] = panel.about === null ? [] : [panel.about];
  if (threshold) parts.push(boundsInWords(threshold));
  if (threshold && !panel.queries.some(({ expr }) => expr === threshold.value))
    parts.push(`The bounds are those of \`${threshold.value}\`.`);
  if (panel.quietWhen !== null)
    parts.push(`No data is right, because nothing happened, while this holds: \`${panel.quietWhen}\`.`);
  for (const { runbook, alerts } of runbooks)
    parts.push(`${alerts.join(', ')}: see ${runbook.file}, section “${runbook.title}”.`);
  return parts.join('\n\n');
}
