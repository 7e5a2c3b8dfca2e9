import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '#lib/spec/import/document.ts';
import { importChecklist } from './import-checklist.ts';
import { readSpec } from './read-spec.ts';
import { strangers } from './strangers.fixture.ts';

/** Lines written like boxes, whatever stands around them: counted by their characters alone, without a Markdown reader. */
function writtenLikeBoxes(text: string): number[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((line, index) =>
      /(?:^|[\s>|])\[[ xX]\](?:\s|$)|type="checkbox"|[☐☑]|:(?:white_check_mark|x):|[✅❌⏳🟢🔴]/u.test(line)
        ? [index + 1]
        : [],
    );
}

function imported(text: string, previous?: string) {
  const result = importChecklist({
    document: { content: text, name: 'LIST.md' },
    previous: previous === undefined ? undefined : { content: previous, name: 'BEFORE.md' },
  });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe.each(strangers)('$name', ({ text, boxes, done, titles }) => {
  test('boxes and marks are those that a person counts', () => {
    const { boxes: told, marks } = imported(text);
    expect([told.total + marks.total, told.done + marks.done]).toEqual([boxes, done]);
  });

  test('each line written like a box is an entry, or is listed with its line, and none is both', () => {
    const read = readDocument(text);
    if (!read.ok) throw new Error(read.message);
    const { entries, notUnderstood, sections, kept } = read.document;
    const within = (at: number) => (one: { line: number; endLine: number }) =>
      one.line <= at && at <= one.endLine;
    for (const at of writtenLikeBoxes(text)) {
      const known = entries.some(within(at)) || sections.some(({ line }) => line === at) || kept.has(at);
      expect([at, known, notUnderstood.some(within(at))]).toEqual([at, known, !known]);
    }
  });

  test('its draft is a sound spec with these tracks', () => {
    const spec = readSpec(imported(text).draft, 'draft.yaml');
    expect(spec.ok ? spec.value.spec.tracks.map(({ title }) => title) : spec.problem.faults).toEqual(titles);
  });
});

const words =
  'ledger peer vault gate sign replay wallet quorum oracle bridge epoch faucet relay shard beacon'.split(' ');
const box = fc.record({
  text: fc
    .uniqueArray(fc.constantFrom(...words), { minLength: 6, maxLength: 8 })
    .map((some) => some.join(' ')),
  done: fc.boolean(),
});

test('items keep their ids through rewording, moving, ticking, removing and adding', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(box, {
        minLength: 3,
        maxLength: 14,
        selector: ({ text }) => text.split(' ').sort().join(' '),
      }),
      fc.array(
        fc.record({
          at: fc.nat(),
          to: fc.nat(),
          what: fc.constantFrom('reword', 'move', 'tick', 'remove', 'add'),
        }),
        {
          maxLength: 8,
        },
      ),
      (boxes, edits) => {
        const before = boxes.map(({ text, done }, index) => ({
          text: `${text} no${index}`,
          done,
          was: index,
          edits: 0,
        }));
        const now = before.map((one) => ({ ...one }));
        for (const { at, to, what } of edits) {
          const index = at % Math.max(1, now.length);
          const one = now[index];
          if (what === 'add')
            now.splice(to % (now.length + 1), 0, {
              text: `zzz${at} yyy${to}`,
              done: false,
              was: -1,
              edits: 0,
            });
          else if (!one) continue;
          else if (what === 'remove') now.splice(index, 1);
          else if (what === 'move') now.splice(to % now.length, 0, ...now.splice(index, 1));
          else if (what === 'tick') one.done = !one.done;
          else if (one.was >= 0 && one.edits === 0) {
            one.text = one.text.replace(/^\w+/, 'changed');
            one.edits = 1;
          }
        }
        if (now.length === 0) return;
        const list = (all: readonly { text: string; done: boolean }[]) =>
          `# L\n\n${all.map(({ text, done }) => `- [${done ? 'x' : ' '}] ${text}`).join('\n')}\n`;
        const idsOf = (draft: string) => {
          const spec = readSpec(draft, 'draft.yaml');
          const items = spec.ok ? spec.value.spec.tracks.flatMap((track) => track.items) : [];
          return new Map(items.map(({ title, id }) => [title, id]));
        };
        const first = idsOf(imported(list(before)).draft);
        const second = imported(list(now), list(before));
        const later = idsOf(second.draft);
        expect(new Set(later.values()).size).toBe(now.length);
        for (const { text, was, edits: times } of now) {
          const old = before[was];
          if (old && times === 0) expect(later.get(text), text).toBe(first.get(old.text));
          if (!old) expect([...first.values()]).not.toContain(later.get(text));
        }
        const gone = before.length - now.filter(({ was }) => was >= 0).length;
        const kinds = Map.groupBy(second.changes ?? [], ({ kind }) => kind);
        expect((kinds.get('added')?.length ?? 0) - (kinds.get('removed')?.length ?? 0)).toBe(
          now.length - before.length,
        );
        expect(kinds.get('removed')?.length ?? 0).toBeGreaterThanOrEqual(
          gone - now.filter(({ was }) => was < 0).length,
        );
      },
    ),
    { numRuns: 60 },
  );
});
