import type { JsonObject } from '#lib/domain/json.ts';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';

/** What people see of a metric: its series with values and times, its labels, why it is absent. */
export function seenReadings(seen: MetricSeen): JsonObject {
  return {
    series: seen.liveSeries,
    gone: seen.goneSeries,
    stale: seen.staleSeries,
    form: seen.form,
    types: seen.types,
    lastSampleAt: seen.lastSampleAt ?? seen.absence?.lastSeenAt ?? null,
    samples: seen.samples.map(({ labels, value, at }) => ({ labels, value, at })),
    labels: Object.fromEntries(
      Object.entries(seen.labels)
        .filter(([name]) => name !== 'job' && name !== 'instance')
        .map(([name, { values, without }]) => [name, { values: values.slice(0, 50), without }]),
    ),
    down: seen.down.map(({ job, instance }) => ({ job, instance })),
    builds: seen.builds,
    warnings: seen.warnings,
    line: seen.line,
    ...(seen.absence
      ? {
          absence: {
            searchedMs: seen.absence.searchedMs,
            jobs: seen.absence.jobs.map((job) => ({ ...job })),
            targets: seen.absence.targets.map((target) => ({ ...target })),
          },
        }
      : {}),
  };
}
