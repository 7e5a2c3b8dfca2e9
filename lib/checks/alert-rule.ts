import { z } from 'zod';
import type { BindFault, CheckKind } from '#lib/domain/check-kind.ts';
import type { Json } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { AlertDeclaration } from '#lib/domain/spec.ts';
import { type AlertBound, type AlertFinding, judgeAlert, loadedBesides } from './metrics/alert.ts';
import { nearest } from './metrics/declaration.ts';
import { rulesAnswer } from './metrics/observed.ts';
import { count, shown } from './metrics/words.ts';

const parameters = z.strictObject({
  alerts: z
    .array(z.string().min(1).max(500))
    .max(2000)
    .exactOptional()
    .describe('Only these alerts of the spec. Default: all, or those of `group`.'),
  group: z.string().min(1).max(200).exactOptional().describe('Only the alerts of this group of the spec.'),
  severity: z
    .enum(['warning', 'critical'])
    .exactOptional()
    .describe('None may fire at this severity or worse. Default: warning, so that none may fire at all.'),
});
type Bound = { readonly alerts: readonly AlertBound[]; readonly severity: 'warning' | 'critical' };

/** The launch's alerts are loaded in Prometheus, are evaluated, and none of them fires. */
export const alertRule: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'alert-rule',
    title: 'Alert rules',
    why: 'A rule in a file that Prometheus did not load, or cannot evaluate, never wakes anybody.',
    fix: 'Load the rules into Prometheus, put right what it cannot evaluate, and mend what fires.',
  },
  ruleVersion: 1,
  sourceKinds: ['prometheus'],
  parameters,
  bind: ({ alerts, group, severity }, spec) => {
    const inGroup = spec.alerts.filter((alert) => group === undefined || alert.group === group);
    const faults: BindFault[] = [];
    if (group !== undefined && inGroup.length === 0) {
      faults.push(
        unknownName(
          'group',
          group,
          ['group'],
          spec.alerts.flatMap((alert) => alert.group ?? []),
        ),
      );
    }
    for (const [index, name] of (alerts ?? []).entries()) {
      if (inGroup.some((alert) => alert.name === name)) continue;
      faults.push(
        unknownName(
          'alert',
          name,
          ['alerts', index],
          spec.alerts.map((alert) => alert.name),
        ),
      );
    }
    if (faults.length > 0) return { ok: false, faults };
    const chosen = inGroup.filter(({ name }) => alerts === undefined || alerts.includes(name));
    return { ok: true, bound: { alerts: chosen.map(alertBound), severity: severity ?? 'warning' } };
  },
  reads: (_bound, source) => [{ ask: 'rules', source }],
  evaluate: ([observation], { alerts, severity }, { source }) => {
    if (alerts.length === 0) return noAlerts;
    const rules = rulesAnswer(observation);
    const findings = alerts.map((alert) => judgeAlert(alert, alerts, rules, severity));
    return judgementOf(findings, loadedBesides(rules, alerts), source?.address);
  },
};

function alertBound({ name, severity }: AlertDeclaration): AlertBound {
  return { name, severity };
}

function unknownName(
  what: 'alert' | 'group',
  name: string,
  path: BindFault['path'],
  known: readonly string[],
): BindFault {
  const near = nearest(name, known);
  const meant = near === null ? '' : `; did you mean \`${near}\`?`;
  const message =
    what === 'alert'
      ? `the spec declares no alert \`${name}\`${meant}`
      : `no alert is in the group \`${name}\`${meant}`;
  return { path, message };
}

const noAlerts: Judgement = {
  verdict: 'unknown',
  quiet: false,
  fact: { lead: '0 of 0.', rest: 'no alert is declared' },
  sentence: 'No alert is declared, so there is nothing that could be loaded.',
  toGreen: ['Declare the launch’s alerts in the spec.'],
  deciding: { of: 0 },
  readings: {},
  picture: { kind: 'none' },
  again: null,
};

function judgementOf(
  findings: readonly AlertFinding[],
  others: readonly Json[],
  address: string | undefined,
): Judgement {
  const failing = findings.filter(({ verdict }) => verdict === 'fail');
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  const good = findings.length - failing.length - unknown.length;
  const verdict = failing.length > 0 ? 'fail' : unknown.length > 0 ? 'unknown' : 'pass';
  const holes = [...failing, ...unknown];
  const share = `${good} of ${findings.length}`;
  const notes = findings.flatMap(({ note }) => note ?? []);
  const named = holes.slice(0, 3).map(({ clause }) => clause);
  const more = holes.length > 3 ? `; and ${holes.length - 3} more` : '';
  const url = address === undefined ? null : `${address.replace(/\/+$/, '')}/api/v1/rules?type=alert`;
  return {
    verdict,
    quiet: false,
    fact: {
      lead: `${share} ${findings.length === 1 ? 'rule' : 'rules'};`,
      rest: holes[0]?.clause ?? notes[0] ?? 'none fires',
    },
    sentence:
      verdict === 'pass'
        ? `${count(findings.length, 'alert is', 'alerts are')} loaded and evaluated, and none fires${notes.length > 0 ? `; ${notes.slice(0, 3).join('; ')}` : ''}.`
        : `${share} alerts are in order: ${named.join('; ')}${more}.`,
    toGreen: [...new Set(holes.flatMap(({ toGreen }) => toGreen ?? []))].slice(0, 10),
    deciding: { alerts: Object.fromEntries(findings.map(({ key, state }) => [key, state])) },
    readings: { alerts: findings.map(({ reading }) => reading), others },
    picture: {
      kind: 'rules',
      rules: findings.map(({ name, firing }) => ({ name: shown(name), progress: firing ? 1 : null, firing })),
    },
    again: url === null ? null : { language: 'url', text: url, fault: null, href: url },
  };
}
