/*
 * What people did to the kit's files, by mistake and on purpose. Each holds that it found what it changes: the kit is
 * made from the spec, and a story that changes nothing would tell nothing.
 */

type Files = Readonly<Record<string, string>>;

/** On purpose, as the spec says: disputes page at 25 for the rehearsal's last week, and the rules' tests try that. */
export function moreDisputes(kit: Files): Files {
  const rules = 'monitoring/alert.rules.yml';
  const tests = 'monitoring/rules.test.yml';
  return {
    [rules]: changed(kit[rules], (text) =>
      text
        .replace('(sum(energy_active_disputes_total)) > 20', '(sum(energy_active_disputes_total)) > 25')
        .replaceAll('above 20 disputes', 'above 25 disputes'),
    ),
    [tests]: changed(kit[tests], (text) =>
      text.replace(
        /(- name: "EnergyDisputesHigh: [\s\S]*?values: )19\.8(\S+) 20\.2/,
        (_all, head, times) => `${head}24.8${times} 25.2`,
      ),
    ),
  };
}

/** By mistake: the critical lag pages at 900 s, and 600 s were agreed. */
export function slackerLag(rules: string): string {
  return changed(rules, (text) =>
    text.replace(/(alert: TreasuryExecutionLagCritical\n\s+expr: .*) > 600$/m, '$1 > 900'),
  );
}

/** A dashboard before somebody drew its last panels. */
export function withoutPanels(dashboard: string, titles: readonly string[]): string {
  return changed(dashboard, (text) => {
    const json = JSON.parse(text) as { panels: readonly { readonly title: string }[] };
    json.panels = json.panels.filter(({ title }) => !titles.includes(title));
    return `${JSON.stringify(json, null, 2)}\n`;
  });
}

/** A runbook whose diagnosis somebody meant to write later. */
export function unfilled(document: string, title: string): string {
  return changed(document, (text) =>
    text.replace(
      new RegExp(`(\\n## ${title}\\n[\\s\\S]*?\\n### Diagnosis\\n)[\\s\\S]*?(?=\\n### )`),
      '$1\n[Diagnosis to be written by the ledger team]\n',
    ),
  );
}

function changed(text: string | undefined, change: (text: string) => string): string {
  if (text === undefined) throw new Error('The kit lacks a file that the demo’s story breaks.');
  const after = change(text);
  if (after === text) throw new Error('The kit has no longer what the demo’s story breaks in it.');
  return after;
}
