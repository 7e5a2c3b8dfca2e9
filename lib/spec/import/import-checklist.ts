import type { ChecklistImport, NotUnderstood } from '#lib/domain/checklist.ts';
import { changesOf, step } from './changes.ts';
import { type ChecklistDocument, readDocument } from './document.ts';
import type { Earlier, EntryIds } from './ids.ts';
import { type Plan, planDraft } from './plan.ts';
import type { MetricNamesOf } from './proposal.ts';
import { cut, plain, slug } from './wording.ts';
import { writeDraft } from './write-draft.ts';

export interface ImportOptions {
  /** The document's file name, as messages and the draft call it. */
  readonly name: string;
  readonly id: string | null;
  readonly title: string | null;
  /** ISO 8601 UTC. */
  readonly targetAt: string | null;
  readonly namesOf: MetricNamesOf;
  readonly earlier: Earlier | null;
}

export type Imported =
  | { readonly ok: true; readonly value: ChecklistImport }
  | { readonly ok: false; readonly message: string };

/** Nobody's target: it stands where none was given, and is said to. */
const noTarget = '2099-12-31T00:00:00Z';
/** What a spec may hold, in bytes. */
const mostDraft = 1024 * 1024;

/** Makes a draft of a spec out of a Markdown checklist. Pure: the same text and options give the same draft. */
export function draftChecklist(text: string, options: ImportOptions): Imported {
  const read = readDocument(text);
  if (!read.ok) return read;
  const { document } = read;
  const { entries, sections } = document;
  const plan = planDraft(document, options.namesOf, options.earlier);
  if (plan.tracks.length === 0)
    return refused(
      'Nothing in it could become an item: it has no box, no mark, no table with a status and no commands that verify.',
    );
  const first = sections[0]?.title || plain(options.name.replace(/^.*[\\/]|\.(?:md|markdown)$/gi, ''));
  const title = cut(options.title ?? first, 200) || 'Launch';
  const launch = { id: options.id ?? slug(title), title, targetAt: options.targetAt ?? noTarget };
  const prometheus = prometheusIn(document);
  const assumed = assumptions(plan, launch, options, prometheus);
  const head = {
    ...launch,
    name: plain(options.name) || 'a checklist',
    prometheus: prometheus ?? 'http://127.0.0.1:9090',
    assumed,
  };
  const whole = writeDraft(document, plan, head, false);
  const draft = bytesOf(whole) > mostDraft ? writeDraft(document, plan, head, true) : whole;
  const bytes = bytesOf(draft);
  if (bytes > mostDraft)
    return refused(
      `Its ${entries.length} boxes and marks make a spec of ${Math.ceil(bytes / 1024)} KiB; a spec has at most 1 MiB. Divide it.`,
    );
  const boxes = entries.filter(({ kind }) => kind !== 'mark');
  const marks = entries.filter(({ kind }) => kind === 'mark');
  return {
    ok: true,
    value: {
      draft,
      launch,
      assumed,
      boxes: { total: boxes.length, done: boxes.filter(({ done }) => done).length },
      marks: { total: marks.length, done: marks.filter(({ done }) => done).length },
      tracks: plan.tracks.length,
      items: plan.tracks.reduce((sum, { items }) => sum + items.length, 0),
      roles: plan.roles.map(({ title: role }) => role),
      suggested: plan.suggested,
      notUnderstood: notUnderstood(document, plan),
      changes: options.earlier === null ? null : changesSince(options.earlier, document, plan),
    },
  };
}

/** An earlier document as one to compare with: its entries, with the ids that its own draft gave them. */
export function earlierDocument(
  text: string,
  namesOf: MetricNamesOf,
): { readonly ok: true; readonly earlier: Earlier } | { readonly ok: false; readonly message: string } {
  const read = readDocument(text);
  if (!read.ok) return read;
  const { document } = read;
  const { ids, tracks } = planDraft(document, namesOf, null);
  const trackOf = tracks.flatMap(({ id, items }) => items.map((item) => [item.id, id] as const));
  const others = tracks.flatMap(({ items }) =>
    items.filter(({ entry }) => entry === null).map(({ id }) => id),
  );
  return { ok: true, earlier: { ...document, ids, tracks: new Map(trackOf), otherIds: new Set(others) } };
}

function changesSince(
  earlier: Earlier,
  document: ChecklistDocument,
  { ids }: Plan,
): ChecklistImport['changes'] {
  const idOf = (all: readonly EntryIds[]) => (index: number) => {
    const { item = '', check = null } = all[index] ?? {};
    return check === null ? item : `${item}/${check}`;
  };
  return changesOf(earlier, document, step(earlier, document), { before: idOf(earlier.ids), now: idOf(ids) });
}

function notUnderstood(
  { notUnderstood: listed, sections }: ChecklistDocument,
  { empty, dashboards }: Plan,
): NotUnderstood[] {
  const read = new Map([...dashboards.values()].map(({ line, panels }) => [line, panels.length]));
  const told = listed.map((one): NotUnderstood => {
    const count = one.what === 'code' ? read.get(one.line) : undefined;
    if (count === undefined) return one;
    return {
      ...one,
      what: `code, of which ${count} panels came into the draft’s dashboards and nothing else`,
    };
  });
  const bare = empty.flatMap((index): NotUnderstood[] => {
    const section = sections[index];
    if (!section) return [];
    const { line, title } = section;
    return [
      { line, endLine: line, what: 'a heading over nothing that became an item', text: cut(title, 120) },
    ];
  });
  return [...told, ...bare].sort((one, other) => one.line - other.line);
}

function assumptions(
  { tracks }: Plan,
  launch: { readonly id: string },
  options: ImportOptions,
  prometheus: string | null,
): string[] {
  const from = new Set(
    tracks.flatMap(({ items }) =>
      items.flatMap(({ checks }) => checks.map(({ proposed }) => proposed?.kind)),
    ),
  );
  const files = ['file', 'dashboard-file', 'runbook', 'checklist'] as const;
  return [
    ...(options.targetAt === null
      ? [
          `No target was given: ${noTarget} stands in its place. Give one, or write the instant before you adopt the draft.`,
        ]
      : []),
    ...(options.id === null
      ? [`The launch's id is \`${launch.id}\`, out of its title: it never changes later.`]
      : []),
    ...(files.some((kind) => from.has(kind))
      ? ['The repository is taken to be at `.` and its branch to be main.']
      : []),
    ...(from.has('metric') && prometheus === null
      ? ['Prometheus is taken to be at http://127.0.0.1:9090, its usual address.']
      : []),
  ];
}

/** Where the document's own commands ask Prometheus. */
function prometheusIn({ verifications }: ChecklistDocument): string | null {
  for (const { lines } of verifications) {
    const [, origin] = /(https?:\/\/[\w.-]+(?::\d{1,5})?)\/api\/v1\//.exec(lines.join('\n')) ?? [];
    if (origin !== undefined && URL.canParse(origin)) return origin;
  }
  return null;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function refused(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
