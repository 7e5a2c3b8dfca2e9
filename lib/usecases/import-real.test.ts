import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDocument } from '#lib/spec/import/document.ts';
import { historyOf } from '#lib/spec/import/history.ts';
import { importChecklist } from './import-checklist.ts';
import { readSpec } from './read-spec.ts';

const reference = new URL('../../../shared/reference/', import.meta.url);
const folder = new URL('the-block/checklist-history/', reference);
/** The order of their commits; two days have two. */
const order = ['e7e898ff', 'be1e4e1c', '66a0bba6', '3148a141', 'af2c74a8', '69023e18'];

function files(): { name: string; text: string }[] {
  const names = readdirSync(folder);
  return order.map((commit) => {
    const name = names.find((one) => one.includes(commit)) ?? commit;
    return { name, text: readFileSync(new URL(name, folder), 'utf8') };
  });
}

/** Boxes counted another way: lines of their form, outside of fences. */
function counted(text: string): { lines: number[]; done: number } {
  const lines: number[] = [];
  let done = 0;
  let fence: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const [, marks, info = ''] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (marks && fence === null) fence = marks;
    else if (marks && fence !== null && marks.startsWith(fence) && info.trim() === '') fence = null;
    const box = fence === null ? /^\s*(?:[-*+]|\d+[.)]) \[([ xX])\] \S/.exec(line) : null;
    if (!box) continue;
    lines.push(index + 1);
    if (box[1] !== ' ') done += 1;
  }
  return { lines, done };
}

function imported(name: string, text: string, previous?: string) {
  const result = importChecklist({
    document: { content: text, name },
    previous: previous === undefined ? undefined : { content: previous, name: 'draft.yaml' },
    targetAt: '2026-12-01T14:00:00Z',
  });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe.skipIf(!existsSync(folder))('The Block’s own checklist, as six commits left it', () => {
  test.each(order)('%s: every box is there, and its draft is a sound spec', (commit) => {
    const { name, text } = files().find((one) => one.name.includes(commit)) ?? { name: '', text: '' };
    const own = counted(text);
    const read = readDocument(text);
    const boxes = read.ok ? read.document.entries.filter(({ kind }) => kind === 'box') : [];
    expect(boxes.map(({ line }) => line)).toEqual(own.lines);
    const { draft, boxes: told } = imported(name, text);
    expect(told).toEqual({ total: own.lines.length, done: own.done });
    const spec = readSpec(draft, 'draft.yaml');
    expect(spec.ok ? [] : spec.problem.faults).toEqual([]);
    for (const line of own.lines) expect(draft).toContain(`(line ${line})`);
    expect(spec.ok && spec.value.spec.tracks.map(({ title }) => title).slice(0, 3)).toEqual([
      'Stride 1: Treasury System',
      'Stride 2: Energy System',
      'Stride 3: Observability & CI Gate',
    ]);
  });

  test('identities are kept from the first to the last, and the steps told', () => {
    let previous: string | undefined;
    const ids: ReadonlyMap<string, string>[] = [];
    const steps = files().map(({ name, text }) => {
      const { draft, changes } = imported(name, text, previous);
      previous = draft;
      const spec = readSpec(draft, 'draft.yaml');
      const items = spec.ok ? spec.value.spec.tracks.flatMap((track) => track.items) : [];
      const once = [...Map.groupBy(items, ({ title }) => title).values()].filter(
        ({ length }) => length === 1,
      );
      ids.push(new Map(once.flat().map(({ title, id }) => [title, id])));
      const counts = Map.groupBy(changes ?? [], ({ kind }) => kind);
      return Object.fromEntries([...counts].map(([kind, all]) => [kind, all.length]));
    });
    expect(steps.slice(1)).toEqual([
      { added: 1, removed: 5, reworded: 6 },
      { reworded: 2 },
      { reworded: 7 },
      { added: 5, removed: 10, ticked: 4 },
      { added: 11, removed: 22, ticked: 1 },
    ]);
    const [first, ...later] = ids;
    for (const [title, id] of first ?? [])
      for (const version of later) if (version.has(title)) expect(version.get(title), title).toBe(id);
    expect(later.at(-1)?.get(conservation('BLOCK'))).toBe(first?.get(conservation('CT')));
  });

  test('its burn-up', () => {
    const versions = files().map(({ name, text }) => {
      return { commit: name, at: name.slice(0, 10), subject: '', path: 'LIST.md', text, unread: null };
    });
    const { points, counted: what, unread } = historyOf(versions);
    expect([what, unread]).toEqual(['boxes', []]);
    expect(points.map(({ done, total }) => [done, total])).toEqual(
      files().map(({ text }) => [counted(text).done, counted(text).lines.length]),
    );
    expect(points.map(({ done, total }) => [done, total]).at(-1)).toEqual([9, 184]);
  });
});

function conservation(unit: string): string {
  return `${unit} conservation: initial_balance + accruals - executed = current_balance + pending`;
}

const remaining = new URL('REMAINING_WORK.md', reference);

test.skipIf(!existsSync(remaining))('the starting document: its steps, metrics and files', () => {
  const text = readFileSync(remaining, 'utf8');
  const { boxes, suggested, draft } = imported('REMAINING_WORK.md', text);
  expect(boxes.total).toBe(counted(text).lines.length);
  const spec = readSpec(draft, 'draft.yaml');
  const checklist = spec.ok
    ? spec.value.spec.tracks.find(({ title }) => title === 'Execution Checklist')
    : null;
  expect(checklist?.items.reduce((sum, { estimateMs }) => sum + (estimateMs ?? 0), 0)).toBe(265 * 60_000);
  const asked = suggested.filter(({ from, line }) => from === 'metric' && line > 455);
  expect(asked.map(({ what }) => what)).toHaveLength(17);
});
