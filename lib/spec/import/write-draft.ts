import type { ChecklistDocument } from './document.ts';
import type { DraftCheck, DraftItem, DraftTrack, Plan } from './plan.ts';
import type { Proposed } from './proposed-check.ts';
import { cut, seen } from './wording.ts';
import { checkText, dashboardLines, declaredName, plainOrQuoted, quote } from './write-checks.ts';

/** The comment above what stands before the first heading. */
export const beforeHeadings = 'Before the first heading:';

export interface DraftHead {
  /** The document's file name. */
  readonly name: string;
  readonly id: string;
  readonly title: string;
  readonly targetAt: string;
  readonly prometheus: string;
  readonly assumed: readonly string[];
}

/**
 * The draft as YAML. Above each item and part stands its line of the document as a comment, `[x] text (line n)`:
 * importing again finds identities there, whatever people made of titles and order. A `terse` one says nothing twice.
 */
export function writeDraft(document: ChecklistDocument, plan: Plan, head: DraftHead, terse: boolean): string {
  const metrics = metricGroups(plan);
  const kinds = new Set(
    plan.tracks.flatMap(({ items }) => items.flatMap(({ checks }) => checks.map(kindOf))),
  );
  const files = (['file', 'runbook', 'checklist', 'dashboard-file'] as const).some((kind) => kinds.has(kind));
  return `${[
    comment(
      '',
      `A draft, read in from ${head.name}. Each box is a claim until somebody signs it, ticked or not.`,
    ),
    ...head.assumed.map((text) => comment('', text)),
    comment(
      '',
      'Comments that end in (line n) tell which line an item came from; importing again goes by them.',
    ),
    'format: big-green/v1',
    '',
    ...(document.sections[0] ? [comment('', sectionComment(document, 0))] : []),
    'launch:',
    `  id: ${plainOrQuoted(head.id)}`,
    `  title: ${quote(head.title)}`,
    `  target: { at: ${head.targetAt} }`,
    ...(files ? ['', 'candidate: { ref: main }'] : []),
    '',
    'phases:',
    `  launch: { title: Launch, at: ${head.targetAt} }`,
    '',
    'roles:',
    ...document.captions.slice(0, 200).map(({ line, text }) => comment('  ', `${text} (line ${line})`)),
    ...plan.roles.flatMap(({ id, title, abbreviation, line, names }) => [
      ...(line === null
        ? []
        : [comment('  ', `${names.length > 0 ? `named: ${names.join(', ')} ` : ''}(line ${line})`)]),
      `  ${id}: { title: ${quote(title)}, abbreviation: ${quote(abbreviation)} }`,
    ]),
    ...(files || metrics.size > 0 ? ['', 'sources:'] : []),
    ...(metrics.size > 0 ? [`  prometheus: { kind: prometheus, address: ${quote(head.prometheus)} }`] : []),
    ...(files ? ['  repository: { kind: repository, address: "." }'] : []),
    ...(metrics.size > 0 ? ['', 'metrics:'] : []),
    ...[...metrics].flatMap(([group, names]) => [
      `  ${group}:`,
      ...names.map((name) => `    ${quote(name)}: {}`),
    ]),
    ...(plan.dashboards.size > 0 ? ['', 'dashboards:', ...dashboardLines(plan.dashboards.values())] : []),
    '',
    'tracks:',
    ...plan.tracks.flatMap((track) => trackLines(document, track, terse)),
  ].join('\n')}\n`;
}

function kindOf({ proposed }: DraftCheck): Proposed['kind'] {
  return proposed?.kind ?? 'attestation';
}

/** Metrics by the track that first asks for each. */
function metricGroups({ tracks }: Plan): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  const known = new Set<string>();
  for (const { id, items } of tracks)
    for (const { checks } of items)
      for (const { proposed } of checks) {
        const name = proposed?.kind === 'metric' ? declaredName(proposed.proposal.what) : null;
        if (name === null || known.has(name)) continue;
        known.add(name);
        groups.set(id, [...(groups.get(id) ?? []), name]);
      }
  return groups;
}

function trackLines(
  document: ChecklistDocument,
  { id, title, section, lead, items }: DraftTrack,
  terse: boolean,
): string[] {
  const shown = new Set<number>();
  const chain: number[] = [];
  for (let at = section; at !== null; at = document.sections[at]?.parent ?? null) {
    if (at === section || at !== 0) chain.unshift(at);
    shown.add(at);
  }
  const headings = chain.map((one) => sectionComment(document, one));
  return [
    ...(section === null ? [beforeHeadings] : headings).map((text) => comment('  ', text)),
    `  ${id}:`,
    `    title: ${quote(title)}`,
    `    lead: ${plainOrQuoted(lead)}`,
    '    items:',
    ...items.flatMap((item) => {
      const above: number[] = [];
      for (let at = item.section; at !== null && !shown.has(at); at = document.sections[at]?.parent ?? null) {
        above.unshift(at);
        shown.add(at);
      }
      return [
        ...above.map((one) => comment('      ', `${sectionComment(document, one)}`)),
        ...itemLines(document, item, { section, lead, terse }),
      ];
    }),
  ];
}

function itemLines(
  document: ChecklistDocument,
  item: DraftItem,
  { section, lead, terse }: Pick<DraftTrack, 'section' | 'lead'> & { readonly terse: boolean },
): string[] {
  const why = whyOf(document, item, terse ? item.section : section);
  const estimate = item.entry === null ? null : estimateOf(document.entries[item.entry]?.text ?? '');
  return [
    ...(item.entry === null
      ? [comment('      ', `(line ${item.line})`)]
      : [comment('      ', entryComment(document, item.entry, 0, terse))]),
    ...item.commands.map((command) => comment('      ', `  | ${command}`)),
    `      ${item.id}:`,
    `        title: ${quote(item.title)}`,
    '        phase: launch',
    ...(item.level === 'blocker' ? [] : [`        level: ${item.level}`]),
    ...(estimate === null ? [] : [`        estimate: ${estimate}`]),
    ...(why === '' ? [] : [`        why: ${quote(why)}`]),
    '        checks:',
    ...item.checks.flatMap((check) => checkLines(document, check, item, { lead, terse })),
  ];
}

function checkLines(
  document: ChecklistDocument,
  check: DraftCheck,
  item: DraftItem,
  { lead, terse }: { readonly lead: string; readonly terse: boolean },
): string[] {
  const entry = check.entry === null ? undefined : document.entries[check.entry];
  if (!entry || check.entry === null) {
    const remark = check.proposed?.remark ?? null;
    return [
      ...(remark === null || terse ? [] : [comment('          ', remark)]),
      `          - ${checkText(check, lead)}`,
    ];
  }
  const own = check.entry === item.entry;
  const short = own ? 'What its title says is so.' : entry.text;
  const written = `          - ${checkText(terse ? { ...check, statement: short } : check, lead)}`;
  if (own) return [written];
  const depth = depthOf(document, check.entry);
  return [comment('          ', entryComment(document, check.entry, depth, terse)), written];
}

function whyOf({ sections, entries }: ChecklistDocument, item: DraftItem, track: number | null): string {
  const place: string[] = [];
  for (let at = item.section; at !== null && at !== track; at = sections[at]?.parent ?? null)
    place.unshift(sections[at]?.title ?? '');
  const own = item.entry === null ? undefined : entries[item.entry];
  const ticked = own?.done ? `Imported as ticked on line ${own.line}.` : '';
  const parts = item.checks.flatMap(({ entry }) =>
    entry !== null && entry !== item.entry && entries[entry]?.done ? (entries[entry]?.line ?? []) : [],
  );
  const lines = parts.length > 20 ? `${parts.slice(0, 20).join(', ')} …` : parts.join(', ');
  const partly = parts.length > 0 ? `Parts imported as ticked on line ${lines}.` : '';
  return cut(
    [place.join(' › ').replace(/(?<=[^.!?])$/, '.'), ticked, partly]
      .filter((text) => text.length > 1)
      .join(' '),
    3000,
  );
}

function sectionComment({ sections }: ChecklistDocument, index: number): string {
  const section = sections[index];
  if (!section) return '';
  return `${'#'.repeat(section.depth)} ${section.title}${section.claimText ? ` [${section.claimText}]` : ''} (line ${section.line})`;
}

/** A terse one leaves out what the title or statement below it says already. */
function entryComment({ entries }: ChecklistDocument, index: number, depth: number, terse: boolean): string {
  const entry = entries[index];
  if (!entry) return '';
  const most = depth === 0 ? 200 : 1000;
  const written = terse && entry.text.length <= most ? '' : `${cut(seen(entry.written), 2000)} `;
  return `${'  '.repeat(depth)}[${entry.done ? 'x' : ' '}] ${written}(line ${entry.line})`;
}

function depthOf({ entries }: ChecklistDocument, index: number): number {
  let depth = 0;
  for (let at = entries[index]?.parent ?? null; at !== null; at = entries[at]?.parent ?? null) depth += 1;
  return depth;
}

/** `(45 min)` or `(1 hour)` at the end of a line is what it takes. */
function estimateOf(text: string): string | null {
  const [, count, unit = ''] = /\((\d{1,3}) ?(m|min|mins|minutes|h|hours?|days?|d)\)\s*$/i.exec(text) ?? [];
  if (count === undefined || Number(count) === 0) return null;
  const letter = unit.charAt(0).toLowerCase();
  return letter === 'd' && Number(count) > 90 ? null : `${Number(count)}${letter}`;
}

/** A comment on one line, nothing in it that a spec may not hold; `indent` stands before its sign. */
function comment(indent: string, text: string): string {
  const [inner = ''] = /^ */.exec(text) ?? [];
  return `${indent}# ${inner}${seen(text)}`;
}
