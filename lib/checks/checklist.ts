import { z } from 'zod';
import type { CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { type Box, type ChecklistRead, readChecklist } from './checklist-read.ts';
import { fileObserved, judgeUnread, showAgain, whyUnread } from './file-observed.ts';
import { repositoryPath } from './repository-path.ts';

const parameters = z.strictObject({
  path: repositoryPath,
  section: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .exactOptional()
    .describe(
      'Title of the heading whose boxes count, or the `#anchor` of a link to it. Default: the whole document.',
    ),
});

type Bound = { readonly path: string; readonly section: string | null };

/** Boxes kept with the evidence; a longer list is still counted whole. */
const keptBoxes = 2000;

/** Passes when every box of a Markdown checklist is ticked at the candidate's commit: k of n. */
export const checklist: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'checklist',
    title: 'Checklist',
    why: 'Teams keep lists in their repository. The list at the candidate says what was done when it was cut.',
    fix: 'Do what the open boxes say, tick them in the repository, and move the candidate to that commit.',
  },
  ruleVersion: 1,
  sourceKinds: ['repository', 'github', 'gitlab'],
  parameters,
  bind: ({ path, section = null }) => ({ ok: true, bound: { path, section } }),
  reads: ({ path }, source) => [{ ask: 'file', source, path }],
  evaluate: ([observation], bound, context) => {
    const seen = fileObserved(observation);
    if (seen.text === null) return judgeUnread(seen, bound.path, context, whyUnread(seen));
    const result = readChecklist(seen.text, bound.section);
    if (!result.ok)
      return judgeUnread(seen, bound.path, context, [
        'unknown',
        result.message,
        'Make it a plain checklist.',
      ]);
    return judgeBoxes(seen, bound, context, result.read);
  },
};

function judgeBoxes(
  seen: FileAtCommit,
  bound: Bound,
  context: EvaluateContext,
  { boxes, lookalikes, sectionFound }: ChecklistRead,
): Judgement {
  const at = `at ${seen.commit.slice(0, 12)}`;
  if (!sectionFound) {
    const what = `it has no heading “${bound.section}”`;
    return judgeUnread(seen, bound.path, context, [
      'fail',
      what,
      `Write the section “${bound.section}”, or name another.`,
    ]);
  }
  const open = boxes.filter(({ ticked }) => !ticked);
  const verdict = open.length > 0 ? 'fail' : boxes.length === 0 || lookalikes.length > 0 ? 'unknown' : 'pass';
  const lead = `${boxes.length - open.length} of ${boxes.length}.`;
  const rest = restOf(boxes.length, open, lookalikes);
  const where = bound.section === null ? bound.path : `${bound.path}, “${bound.section}”,`;
  return {
    verdict,
    quiet: false,
    fact: { lead, rest },
    sentence: `${where} ${at}: ${boxes.length - open.length} of ${boxes.length} boxes are ticked. ${rest}`,
    toGreen: [
      ...(boxes.length === 0 ? ['Write the list: an empty one proves nothing.'] : []),
      ...open.slice(0, 20).map(({ line, text }) => `Line ${line}: ${text}`),
      ...lookalikes.slice(0, 20).map((line) => `Line ${line}: write “- [ ] …” or “- [x] …”.`),
    ],
    deciding: {
      total: boxes.length,
      open: open.length,
      lookalikes: lookalikes.length,
      boxes: boxes.slice(0, keptBoxes).map(({ text, ticked }) => [text, ticked]),
    },
    readings: {
      commit: seen.commit,
      openBoxes: open.slice(0, 50).map(({ line, text, heading }) => ({ line, text, heading })),
      headings: countByHeading(boxes),
    },
    picture: { kind: 'boxes', done: boxes.length - open.length, total: boxes.length },
    again: showAgain(seen, context.source),
  };
}

function restOf(total: number, open: readonly Box[], lookalikes: readonly number[]): string {
  if (open.length > 0) {
    const named = open.slice(0, 3).map(({ line, text }) => `line ${line} “${text}”`);
    const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
    return `Open: ${named.join(', ')}${more}.`;
  }
  if (lookalikes.length > 0) {
    const lines = lookalikes.slice(0, 5).join(', ');
    return lookalikes.length === 1
      ? `Line ${lines} looks like a box and is none.`
      : `Lines ${lines}${lookalikes.length > 5 ? ' and more' : ''} look like boxes and are none.`;
  }
  return total === 0 ? 'An empty list proves nothing.' : 'None is open.';
}

function countByHeading(boxes: readonly Box[]): { heading: string; ticked: number; total: number }[] {
  const counts = new Map<string, { ticked: number; total: number }>();
  for (const { heading, ticked } of boxes) {
    const count = counts.get(heading) ?? { ticked: 0, total: 0 };
    counts.set(heading, { ticked: count.ticked + Number(ticked), total: count.total + 1 });
  }
  return [...counts].map(([heading, count]) => ({ heading, ...count }));
}
