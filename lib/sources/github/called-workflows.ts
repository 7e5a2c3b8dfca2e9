import { isSilence } from '#lib/domain/failure.ts';
import type { CiFile } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import type { Answer } from '../repository/failure.ts';
import type { CommitWalk } from '../repository/walk.ts';
import { readWorkflowFile, unread, type WorkflowFile } from './workflow-file.ts';

type Forgiving = CiFile['forgiving'][number];
type Unread = NonNullable<CiFile['unreadCalls']>[number];

/** What a file's calls come to, each by its job's keys and by its name as far as that is fixed. */
interface Calls {
  readonly forgiving: readonly Forgiving[];
  readonly unread: readonly Unread[];
}

const mostDepth = 4;
const mostFiles = 50;
/** Jobs that may fail, and calls that are not read: each is a sentence of the verdict's. */
const mostTold = 500;
const local = /^\.\/(\.github\/workflows\/[^/]+\.ya?ml)$/;

/**
 * A workflow's file with what the workflows that its jobs call let fail, read at the same commit, 4 deep and 50 in all
 * at the most. What stands in another repository, or cannot be read, is named.
 * https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
 */
export async function withCalled(main: WorkflowFile, walk: CommitWalk): Promise<Answer<CiFile>> {
  let left = mostFiles;

  const called = async (path: string): Promise<Answer<WorkflowFile | null>> => {
    const read = await walk.file(path);
    if (!read.ok) return isSilence(read.failure) ? read : { ok: true, value: null };
    const file = read.value.text === null ? null : readWorkflowFile(path, read.value.text);
    return { ok: true, value: file?.file.fault === null ? file : null };
  };

  const within = async (file: WorkflowFile, depth: number): Promise<Answer<Calls>> => {
    const forgiving: Forgiving[] = [];
    const unreadCalls: Unread[] = [];
    for (const { key, shownAs, calls } of file.jobs) {
      if (calls === null) continue;
      const path = local.exec(calls)?.[1];
      const isRead = path !== undefined && depth < mostDepth && left > 0;
      if (isRead) left -= 1;
      const inner = isRead ? await called(path) : ({ ok: true, value: null } as const);
      if (!inner.ok) return inner;
      if (inner.value === null) {
        unreadCalls.push({ job: key, name: shownAs, uses: shown(calls, 120) });
        continue;
      }
      const deeper = await within(inner.value, depth + 1);
      if (!deeper.ok) return deeper;
      const names = new Map(inner.value.jobs.map((job) => [job.key, job.shownAs]));
      const own = inner.value.file.forgiving.map((one) => ({ ...one, name: names.get(one.job) ?? null }));
      const behind = <T extends Forgiving | Unread>(one: T): T => {
        const name = shownAs !== null && one.name !== null ? `${shownAs} / ${one.name}` : null;
        return { ...one, job: `${key} / ${one.job}`, name };
      };
      forgiving.push(...[...own, ...deeper.value.forgiving].map(behind));
      unreadCalls.push(...deeper.value.unread.map(behind));
    }
    return { ok: true, value: { forgiving, unread: unreadCalls } };
  };

  const all = await within(main, 0);
  if (!all.ok) return all;
  const { forgiving, unread: calls } = all.value;
  if (forgiving.length + calls.length > mostTold)
    return {
      ok: true,
      value: unread(main.file.path, `its jobs call too many others (over ${mostTold})`).file,
    };
  const file = { ...main.file, forgiving: [...main.file.forgiving, ...forgiving] };
  return { ok: true, value: calls.length === 0 ? file : { ...file, unreadCalls: calls } };
}
