import type { DraftDashboard } from './drafted-dashboards.ts';
import type { DraftCheck } from './plan.ts';

/** A check as the draft writes it, in YAML's flow style. */
export function checkText({ id, proposed, statement }: DraftCheck, role: string): string {
  const named = id === null ? '' : `id: ${plainOrQuoted(id)}, `;
  if (statement !== null || proposed === null)
    return `{ kind: attestation, ${named}role: ${plainOrQuoted(role)}, statement: ${quote(statement ?? '')} }`;
  const { kind, dashboard, proposal } = proposed;
  const { what, anchor } = proposal;
  const [path = ''] = what.split('#');
  const from = `{ kind: ${kind}, ${named}`;
  if (kind === 'metric') return `${from}metric: ${quote(declaredName(what))} }`;
  if (kind === 'dashboard-file') return `${from}dashboard: ${plainOrQuoted(dashboard ?? '')} }`;
  if (anchor === undefined) return `${from}path: ${quote(path)} }`;
  if (kind === 'file') return `${from}path: ${quote(path)}, matches: ${quote(headingPattern(anchor))} }`;
  return `${from}path: ${quote(path)}, section: ${quote(`#${anchor}`)} }`;
}

/** An id as YAML reads it back: one like `0`, `1e5` or `true` would be no text without its quotes. */
export function plainOrQuoted(id: string): string {
  return /^[a-z]/.test(id) && !/^(?:true|false|null)$/.test(id) ? id : quote(id);
}

/** A histogram is declared under its own name, not under those of its parts. */
export function declaredName(name: string): string {
  return name.replace(/_bucket$/, '');
}

/** A heading whose slug on GitHub is this anchor: its words with whatever between them that a slug leaves out. */
function headingPattern(anchor: string): string {
  const parts = anchor.split('-').filter((part) => part !== '');
  return `(?i)^#{1,6} .*${parts.join('[^a-z0-9]+')}`;
}

/** Dashboards with the panels that the document tells, as the draft writes them. */
export function dashboardLines(dashboards: Iterable<DraftDashboard>): string[] {
  return [...dashboards].flatMap(({ id, uid, title, file, line, panels }) => [
    `  # Its panels are those of the JSON that begins on line ${line}: titles, types and queries, without bounds.`,
    `  ${id}:`,
    `    title: ${quote(title)}`,
    `    file: ${quote(file)}`,
    `    uid: ${uid}`,
    '    panels:',
    ...panels.flatMap((panel) => [
      `      ${panel.id}:`,
      `        title: ${quote(panel.title)}`,
      `        type: ${panel.type}`,
      ...(panel.about === null ? [] : [`        about: ${quote(panel.about)}`]),
      '        queries:',
      ...panel.queries.map((expr) => `          - expr: ${quote(expr)}`),
    ]),
  ]);
}

/** A text as YAML writes it in double quotes, which is as JSON does. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
