import { readFileSync } from 'node:fs';
import type { Spec } from '#lib/domain/spec.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';

/** A spec from its text; what is wrong with it ends the test. */
export function specFrom(text: string): Spec {
  const read = readSpec(text, 'spec.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem, null, 2));
  return read.value.spec;
}

export const shippedText = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');

/** A spec of another project, so that nothing of the shipped one is taken for granted. */
export const otherText = `
format: big-green/v1
launch: { id: ferry, title: "Ferry: {{ $labels }} & \\"quotes\\"", target: { at: 2027-03-01T08:00:00Z } }
networks: { main: Main }
phases: { launch: { title: Launch, at: 2027-03-01T08:00:00Z } }
roles: { pilot: { title: Pilot, abbreviation: PI } }
sources: { prometheus: { kind: prometheus, title: Prometheus, network: main, address: "http://127.0.0.1:9090" } }
metrics:
  plain:
    queue_depth: { type: gauge }
    http_requests_total: { type: counter, labels: { code: {} } }
    http_errors_total: { type: counter, absentUntilFirst: true }
    wait_seconds: { type: histogram }
    temperature: { type: gauge }
    heartbeat_total: { type: counter, labels: { ship: { required: [a, b] } } }
thresholds:
  depth: { title: Depth, metric: queue_depth, above: { warning: 0, critical: 7 } }
  cold: { title: Cold, metric: temperature, value: min(temperature), unit: degrees, below: { warning: 2, critical: -4 } }
  share:
    title: Share of errors
    metric: http_requests_total
    value: sum(rate(http_requests_total{code=~"5..|500"}[5m])) / sum(rate(http_requests_total[5m]))
    above: { critical: 0.05 }
  share-of-500:
    title: Share of 500
    metric: http_requests_total
    value: 100 * sum(rate(http_requests_total{code="500"}[2m])) / sum(rate(http_requests_total[2m]))
    unit: percent
    above: { warning: 1, critical: 5 }
  ok-share:
    title: Share that is right
    metric: http_requests_total
    value: 1 - sum(increase(http_errors_total[10m])) / sum(increase(http_requests_total[10m]))
    below: { critical: 0.99 }
  wait:
    title: Wait, median
    metric: wait_seconds
    value: histogram_quantile(0.5, sum by (le, ship) (rate(wait_seconds_bucket{job="x"}[3m])))
    unit: seconds
    record: ferry:wait_seconds:p50
    below: { warning: 0.25 }
  beat:
    title: Heartbeats
    metric: heartbeat_total
    value: min(sum by (ship) (increase(heartbeat_total{ship!="c"}[1h])))
    below: { warning: 60, critical: 5 }
  mean:
    title: Mean depth
    metric: queue_depth
    value: (max(avg_over_time(queue_depth[30m])) - 2) * 3
    above: { warning: 100 }
  odd: { title: Odd, metric: temperature, value: "deriv(temperature[5m])", above: { warning: 1 } }
alerts:
  Depth: { threshold: depth, severity: warning }
  DepthBad: { threshold: depth, severity: critical, for: 90s, means: "The queue {{ of }} people: it does not shrink" }
  Cold: { threshold: cold, severity: warning, for: 7m }
  Colder: { threshold: cold, severity: critical, for: 1h }
  Share: { threshold: share, severity: critical, for: 2m }
  Some500: { threshold: share-of-500, severity: warning, for: 30s }
  Many500: { threshold: share-of-500, severity: critical, for: 30s }
  Wrong: { threshold: ok-share, severity: critical, for: 5m }
  Quick: { threshold: wait, severity: warning, for: 45s }
  Slow: { threshold: beat, severity: warning, for: 10m }
  Silent: { threshold: beat, severity: critical, for: 10m }
  Mean: { threshold: mean, severity: warning, for: 10m }
  Odd: { threshold: odd, severity: warning, for: 10m }
  Loaded: { metric: temperature, severity: critical }
kit: { alertRules: rules/alerts.yml, ruleTests: tests/deep/rules.yml, webBase: "https://git.example/ferry/" }
runbooks:
  symptoms:
    title: Symptoms
    file: docs/on call.md
    symptoms: [It is slow.]
    diagnosis: [{ title: Look, run: "uptime" }]
    resolution: [{ when: It is slow, steps: [{ title: Wait }] }]
    alerts: [Depth]
  queue:
    title: "Queue: \`stuck\`, or slow?"
    file: docs/on call.md
    symptoms: ["More than \`7\` wait | long."]
    diagnosis:
      - { title: Look, run: "printf '%s\\n' '\`\`\`'", look: A number. }
      - { title: Think }
    resolution: [{ when: It grows, steps: [{ title: Stop, text: And think., run: "false || true" }] }]
    alerts: [DepthBad, Loaded]
    limits: [Anything else is a surprise.]
tracks:
  all:
    title: All
    lead: pilot
    items:
      metrics: { title: Metrics, phase: launch, checks: [{ kind: metric-coverage }] }
`;

/** A whole spec of another project, with names that no format likes. */
export const paymentsText = readFileSync(new URL('payments.fixture.yaml', import.meta.url), 'utf8');
