import type { CheckCatalogue, RegisteredCheck } from '#lib/domain/check-kind.ts';
import { alertRule } from './alert-rule.ts';
import { attestation } from './attestation.ts';
import { checklist } from './checklist.ts';
import { ciRequired } from './ci-required.ts';
import { ciRun } from './ci-run.ts';
import { dashboard } from './dashboard.ts';
import { dashboardFile } from './dashboard-file.ts';
import { endpoint } from './endpoint.ts';
import { file } from './file.ts';
import { items } from './items.ts';
import { kitFile } from './kit-file.ts';
import { metric } from './metric.ts';
import { metricCoverage } from './metric-coverage.ts';
import { query } from './query.ts';
import { registerCheck } from './register.ts';
import { runbook } from './runbook.ts';

const kinds: readonly RegisteredCheck[] = [
  registerCheck(alertRule),
  registerCheck(attestation),
  registerCheck(checklist),
  registerCheck(ciRequired),
  registerCheck(ciRun),
  registerCheck(dashboard),
  registerCheck(dashboardFile),
  registerCheck(endpoint),
  registerCheck(file),
  registerCheck(items),
  registerCheck(kitFile),
  registerCheck(metric),
  registerCheck(metricCoverage),
  registerCheck(query),
  registerCheck(runbook),
];

/** Every kind of check there is, by id. A new kind is a file, its test and one line above. */
export const checkKinds: CheckCatalogue = new Map(kinds.map((kind) => [kind.meta.id, kind]));
