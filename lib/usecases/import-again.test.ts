import { expect, test } from 'vitest';
import { historyOf } from '#lib/spec/import/history.ts';
import { importChecklist } from './import-checklist.ts';
import { readSpec } from './read-spec.ts';

/** Imports versions one after the other, each with the draft of the one before; the spec of the last. */
function specAfter(...versions: readonly string[]) {
  let previous: { content: string; name: string } | undefined;
  for (const content of versions) {
    const read = importChecklist({ document: { content, name: 'LIST.md' }, previous });
    if (!read.ok) throw new Error(read.problem.message);
    previous = { content: read.value.draft, name: 'draft.yaml' };
  }
  const spec = readSpec(previous?.content ?? '', 'draft.yaml');
  if (!spec.ok) throw new Error(JSON.stringify(spec.problem.faults));
  return spec.value.spec;
}

test('a new part does not take the id of one that was reworded, though its words are the old ones', () => {
  const list = (...parts: string[]) =>
    `# L\n\n## T\n\n- [ ] Pump\n${parts.map((part) => `  - [ ] ${part}\n`).join('')}`;
  const [before, after] = ['valve one holds its bound', 'valve one keeps its bound'];
  const spec = specAfter(list(before), list(after), list(before, after));
  const [, ...parts] = (spec.tracks[0]?.items[0]?.checks ?? []).map(({ id, parameters }) => [
    id,
    parameters.statement,
  ]);
  expect(parts).toEqual([
    ['valve-one-holds-its-bound-2', before],
    ['valve-one-holds-its-bound', after],
  ]);
});

test('a track keeps the id under which most of its items stood', () => {
  const boxes = (...names: string[]) => names.map((name) => `- [ ] ${name}\n`).join('');
  const before = `# L\n\n## Alpha\n\n${boxes('one')}\n## Beta\n\n${boxes('two', 'three', 'four')}`;
  const spec = specAfter(before, `# L\n\n## Gamma\n\n${boxes('one', 'two', 'three', 'four')}`);
  expect(spec.tracks.map(({ id, title }) => [id, title])).toEqual([['beta', 'Gamma']]);
});

test('a track that no role is named for is led by the release manager, wherever that role stands', () => {
  const spec = specAfter(
    '# L\n\n## Pumps\n\n- [ ] one\n\n## Sign-off\n\nRelease manager: ________\n\nLedger lead: ________\n',
  );
  expect(spec.tracks.map(({ title, lead }) => [title, lead])).toEqual([['Pumps', 'release-manager']]);
});

test('a box under a marked bullet belongs to the box above it, where only boxes are counted', () => {
  const version = (commit: string, text: string) => ({
    commit,
    text,
    at: '2026-11-01T00:00:00Z',
    subject: '',
    path: 'LIST.md',
    unread: null,
  });
  const { points } = historyOf([
    version('1', '- [ ] pump\n  - ✅ valve\n    - [ ] seal\n'),
    version('2', '- [ ] pump\n  - [ ] seal\n'),
  ]);
  expect(points.map(({ total, moved }) => [total, moved])).toEqual([
    [2, 0],
    [2, 0],
  ]);
});
