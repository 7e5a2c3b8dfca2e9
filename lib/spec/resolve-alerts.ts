import { parenthesised, selectorOf } from '#lib/domain/promql-text.ts';
import type { AlertDeclaration, Spec, ThresholdSpec } from '#lib/domain/spec.ts';
import { type Draft, type Reading, sayUnknown } from './draft.ts';
import type { Inventory } from './resolve-metrics.ts';

/** Thresholds with their one side and both bounds in order. */
export function resolveThresholds(reading: Reading, draft: Draft, inventory: Inventory): ThresholdSpec[] {
  for (const id of draft.thresholds.names.names)
    sayUnknown(reading, ['thresholds', id, 'metric'], inventory.names);
  return [...draft.thresholds.entries].flatMap(([id, entry]) => {
    const path = ['thresholds', id];
    const side = entry.above ? 'above' : 'below';
    const bounds = entry[side];
    if (!bounds || (entry.above && entry.below)) {
      const message = `A threshold has either \`above\` or \`below\`; this has ${bounds ? 'both' : 'neither'}.`;
      reading.faults.add(path, message, 'Write for example `above: { warning: 300, critical: 600 }`.', 'key');
      return [];
    }
    const { warning = null, critical = null } = bounds;
    if (warning === null && critical === null) {
      reading.faults.add([...path, side], 'No bound is given.', 'Give `warning`, `critical` or both.');
    }
    if (
      warning !== null &&
      critical !== null &&
      (side === 'above' ? warning >= critical : warning <= critical)
    ) {
      const message = `The warning (${warning}) would come no earlier than the critical (${critical}).`;
      reading.faults.add([...path, side], message, `Going ${side}, the warning comes first.`);
    }
    const { title, metric, value = selectorOf(metric), unit = null, record = null } = entry;
    return [{ id, title, metric, value, unit, side, warning, critical, record }];
  });
}

/** Alerts, each with the rule that its threshold makes. */
export function resolveAlerts(
  reading: Reading,
  draft: Draft,
  inventory: Inventory,
  { thresholds, lengths }: { thresholds: readonly ThresholdSpec[]; lengths: Spec['lengths'] },
): AlertDeclaration[] {
  const { faults } = reading;
  for (const name of draft.alerts.names.names) {
    sayUnknown(reading, ['alerts', name, 'threshold'], draft.thresholds.names);
    sayUnknown(reading, ['alerts', name, 'metric'], inventory.names);
  }
  return [...draft.alerts.entries].flatMap(([name, entry]): AlertDeclaration[] => {
    const path = ['alerts', name];
    if ((entry.threshold === undefined) === (entry.metric === undefined)) {
      const which = entry.threshold === undefined ? 'neither' : 'both';
      const message = `An alert names either a threshold or a metric; this names ${which}.`;
      faults.add(path, message, 'Name the threshold it fires at.', 'key');
    }
    const threshold = thresholds.find(({ id }) => id === entry.threshold);
    if (entry.for && entry.threshold === undefined) {
      faults.add(
        [...path, 'for'],
        '`for` goes with a threshold.',
        'Name the threshold, or remove this.',
        'key',
      );
    }
    if (entry.for && entry.for.unit !== 'ms' && draft.lengths === null && !faults.under(['lengths'])) {
      const message = `How long ${entry.for.unit === 'epoch' ? 'an epoch' : 'a block'} is, is not said.`;
      faults.add([...path, 'for'], message, 'Add `lengths: { epoch: 10m, block: 1s }`.');
    }
    const metric = threshold?.metric ?? entry.metric;
    if (metric === undefined) return [];
    const group = inventory.metrics.find((declared) => declared.name === metric)?.group ?? null;
    const head = { name, severity: entry.severity, metric, group, means: entry.means ?? null };
    if (!threshold) return [head];
    const limit = threshold[entry.severity];
    if (limit === null && faults.under(['thresholds', threshold.id])) return [];
    if (limit === null) {
      const message = `The threshold \`${threshold.id}\` has no ${entry.severity} bound.`;
      faults.add([...path, 'severity'], message, `Add it there, or choose the other severity.`);
      return [];
    }
    const unitMs = { ms: 1, epoch: lengths.epochMs, block: lengths.blockMs };
    const forMs = entry.for ? entry.for.count * unitMs[entry.for.unit] : 0;
    const expr = `${parenthesised(threshold.value)} ${threshold.side === 'above' ? '>' : '<'} ${limit}`;
    return [{ ...head, rule: { threshold: threshold.id, expr, forMs } }];
  });
}
