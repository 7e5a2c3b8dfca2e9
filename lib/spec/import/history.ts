import type { ChecklistHistory, HistoryPoint } from '#lib/domain/history.ts';
import { type Prepared, prepare, type Step, stepBetween, type Version } from './changes.ts';
import { type DocumentRead, readDocument } from './document.ts';
import { Wordings } from './wordings.ts';

/** One version of the file, as a commit left it. */
export interface CommittedVersion {
  readonly commit: string;
  readonly at: string;
  readonly subject: string;
  readonly path: string;
  /** Null where the commit removed the file. */
  readonly text: string | null;
  /** Why it has no text though it is there; null otherwise. */
  readonly unread: string | null;
}

const nothing: Version = { entries: [], sections: [] };

/** The burn-up that versions of a checklist, oldest first, would have had. Pure. */
export function historyOf(
  versions: readonly CommittedVersion[],
): Pick<ChecklistHistory, 'counted' | 'points' | 'unread'> {
  const known = new Map<string, DocumentRead>();
  const readOnce = (text: string): DocumentRead => {
    const document = known.get(text) ?? readDocument(text);
    known.set(text, document);
    return document;
  };
  const unread: { commit: string; at: string; why: string }[] = [];
  const read = versions.flatMap((version) => {
    if (version.unread === null && version.text === null) return [{ version, document: nothing }];
    const document = version.unread === null ? readOnce(version.text ?? '') : null;
    if (document?.ok) return [{ version, document: document.document }];
    const why = version.unread ?? (document?.ok === false ? document.message : '');
    unread.push({ commit: version.commit, at: version.at, why });
    return [];
  });
  const boxes = read.some(({ document }) => document.entries.some(({ kind }) => kind !== 'mark'));
  const wordings = new Wordings();
  const prepared = new Map<Version, Prepared>();
  const prepareOnce = (document: Version): Prepared => {
    const own = prepared.get(document) ?? prepare(boxes ? boxesOf(document) : document, wordings);
    prepared.set(document, own);
    return own;
  };
  let before = prepare(nothing, wordings);
  const points = read.map(({ version, document }): HistoryPoint => {
    const now = prepareOnce(document);
    const became = stepBetween(before, now);
    const { commit, at, subject, path } = version;
    const done = now.entries.filter((entry) => entry.done).length;
    const total = now.entries.length;
    before = now;
    return { commit, at, subject, path, done, total, open: total - done, ...countsOf(became) };
  });
  return { counted: boxes ? 'boxes' : 'marks', points, unread };
}

/** The version without its marks. */
function boxesOf({ entries, sections }: Version): Version {
  const kept = [...entries.keys()].filter((index) => entries[index]?.kind !== 'mark');
  const place = new Map(kept.map((index, at) => [index, at]));
  const boxes = kept.flatMap((index) => {
    const entry = entries[index];
    if (!entry) return [];
    let up = entry.parent;
    while (up !== null && !place.has(up)) up = entries[up]?.parent ?? null;
    return [{ ...entry, parent: up === null ? null : (place.get(up) ?? null) }];
  });
  return { entries: boxes, sections };
}

function countsOf({ entries, removed }: Step) {
  const count = (test: (one: Step['entries'][number]) => boolean): number => entries.filter(test).length;
  return {
    added: count(({ before }) => before === null),
    removed: removed.length,
    reworded: count(({ reworded }) => reworded),
    moved: count(({ moved }) => moved),
    ticked: count(({ ticked }) => ticked),
    unticked: count(({ unticked }) => unticked),
  };
}
