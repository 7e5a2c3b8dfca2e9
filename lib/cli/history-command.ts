import type { ChecklistHistory } from '#lib/domain/history.ts';
import { checklistHistory } from '#lib/usecases/checklist-history.ts';
import { readArguments } from './arguments.ts';
import { type Exit, exit, wrong } from './exit.ts';
import { plain, refused } from './read-spec-file.ts';

/** `history REPO PATH`: every version of a checklist, and the burn-up it would have had. */
export async function historyCommand(args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, { ref: { type: 'string' }, json: { type: 'boolean' } } as const);
  if (!read.ok) return wrong(read.message);
  const [repository, path, ...more] = read.positionals;
  if (!repository || !path || more.length > 0) return wrong('Say where and what: history REPO PATH.');
  const history = await checklistHistory({ repository, path, ref: read.values.ref ?? 'HEAD' }, Date.now);
  if (!history.ok) return refused(path, history.problem, read.values.json);
  const { value } = history;
  process.stdout.write(read.values.json ? `${JSON.stringify(value)}\n` : historyText(value));
  return value.points.length === 0 ? exit.cannotTell : exit.ready;
}

function historyText({ counted, points, unread, incomplete }: ChecklistHistory): string {
  const rows = points.map((point) => {
    const { commit, at, done, total, added, removed, reworded, moved, ticked, unticked } = point;
    const steps = { added, removed, reworded, moved, ticked, unticked };
    const told = Object.entries(steps).filter(([, count]) => count > 0);
    const what = told.map(([name, count]) => `${count} ${name}`).join(', ') || 'no change to it';
    return `${at.slice(0, 16)}Z  ${commit.slice(0, 12)}  ${done} of ${total} ${counted}  ${what}`;
  });
  const faults = unread.map(({ commit, why }) => `${commit.slice(0, 12)} was left out. ${plain(why)}`);
  return `${[...rows, ...faults, ...(incomplete ? [incomplete] : [])].join('\n')}\n`;
}
