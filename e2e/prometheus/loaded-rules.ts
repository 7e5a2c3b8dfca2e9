import { filesAfter, finishing, firstChanges } from '#e2e/repository/changes.ts';

/** What Prometheus has loaded: the rules that were agreed, or those with a time that somebody changed by hand. */
export type LoadedRules = 'agreed' | 'patient';

/** The rule files that Prometheus is to load, by name. */
export function rulesToLoad(loaded: LoadedRules): Readonly<Record<string, string>> {
  const files = filesAfter([...firstChanges, ...finishing]);
  const alerts = files['monitoring/alert.rules.yml'] ?? '';
  const changed = loaded === 'patient' ? patientOracle(alerts) : alerts;
  return {
    'alert.rules.yml': changed,
    'recording.rules.yml': files['monitoring/recording.rules.yml'] ?? '',
  };
}

/** The alert of a stalled oracle waits 30 minutes, and not one. */
function patientOracle(rules: string): string {
  const after = rules.replace(/(alert: EnergyOracleStalled\n\s+expr: .*\n\s+for: )\S+/, '$130m');
  if (after === rules) throw new Error('The rules have no longer what the demo’s story changes in them.');
  return after;
}
