import type { SourceKind, SourceSpec } from '#lib/domain/spec.ts';
import { addressFault } from './address-fault.ts';
import { type Draft, type Reading, sayUnknown } from './draft.ts';

/** How often a source is asked where nothing is said: a scrape for what is live, a minute for a repository. */
const everyMs: Readonly<Record<SourceKind, number>> = {
  prometheus: 15_000,
  endpoint: 15_000,
  repository: 60_000,
  github: 60_000,
  gitlab: 60_000,
  grafana: 60_000,
};

/** Sources with defaults filled in; says what is wrong with addresses and networks. */
export function resolveSources(reading: Reading, draft: Draft): SourceSpec[] {
  for (const id of draft.sources.names.names) {
    sayUnknown(reading, ['sources', id, 'network'], draft.networks.names);
  }
  return [...draft.sources.entries].map(([id, entry]) => {
    const wrong = addressFault(entry.kind, entry.address);
    if (wrong) reading.faults.add(['sources', id, 'address'], wrong.message, wrong.remedy);
    if (entry.buildInfo && entry.kind !== 'prometheus') {
      const message = `Only a prometheus source tells the build by a metric; this is a ${entry.kind}.`;
      reading.faults.add(['sources', id, 'buildInfo'], message, 'Remove it.', 'key');
    }
    return {
      id,
      title: entry.title ?? id,
      kind: entry.kind,
      network: entry.network ?? null,
      address: entry.address,
      everyMs: entry.every ?? draft.defaults.every ?? everyMs[entry.kind],
      timeoutMs: entry.timeout ?? draft.defaults.timeout ?? 10_000,
      buildInfo: entry.buildInfo ?? null,
    };
  });
}
