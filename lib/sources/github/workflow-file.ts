import type { CiFile } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import { type Look, lookAtYaml } from '../yaml-look.ts';

/** A workflow's file with the names its jobs report under. */
export interface WorkflowFile {
  readonly file: CiFile;
  readonly jobs: readonly {
    readonly key: string;
    /** Null: not given, so the key is reported. */
    readonly name: string | null;
    /** What it reports as; null where an expression or a matrix makes it. */
    readonly shownAs: string | null;
    /** The reusable workflow that it calls, whose jobs report as `name / job`; null for none. */
    readonly calls: string | null;
  }[];
}

/** GitHub takes no workflow file larger than this. */
const mostCharacters = 512 * 1024;
const most = 500;

/** Reads a workflow's file, whatever is in it: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions */
export function readWorkflowFile(path: string, text: string): WorkflowFile {
  if (text.length > mostCharacters) return unread(path, 'it is larger than a workflow file may be');
  const read = lookAtYaml(text);
  if (!read.ok) return unread(path, `it ${read.why}`);
  const { root } = read;
  const on = root.get('on');
  if (!root.isMap || on.isNothing)
    return unread(path, 'it says neither on what it runs nor which jobs it has');
  const jobs = root.get('jobs').entries().slice(0, most);
  return {
    file: {
      path,
      events: on.isMap ? on.entries().map(([event]) => shown(event, 60)) : on.texts(),
      pathFilters: {
        pullRequest: isFiltered(on.get('pull_request')) || isFiltered(on.get('pull_request_target')),
        push: isFiltered(on.get('push')),
      },
      forgiving: jobs.flatMap(([key, job]) => {
        const whole = forgives(job.get('continue-on-error'));
        const steps = job
          .get('steps')
          .items()
          .filter((step) => forgives(step.get('continue-on-error'))).length;
        return whole || steps > 0 ? [{ job: shown(key), name: fixedName(job), whole, steps }] : [];
      }),
      fault: null,
    },
    jobs: jobs.map(([key, job]) => ({
      key: shown(key),
      name: job.get('name').text(),
      shownAs: job.get('strategy').isNothing
        ? job.get('name').isNothing
          ? shown(key)
          : fixedName(job)
        : null,
      calls: job.get('uses').text(),
    })),
  };
}

/** A file of which nothing can be told, and why. */
export function unread(path: string, why: string): WorkflowFile {
  const pathFilters = { pullRequest: false, push: false };
  return { file: { path, forgiving: [], pathFilters, events: [], fault: `${path}: ${why}.` }, jobs: [] };
}

/**
 * True when a job of the file reports under this name: its own, or with a matrix's values behind it (`test (18)`), or
 * as a job of a workflow that it calls (`caller / called`). What an expression comes to may be anything.
 */
export function reportsAs({ jobs }: WorkflowFile, check: string): boolean {
  return jobs.some(({ key, name, calls }) => {
    const pieces = (name ?? key).split(/\$\{\{.*?\}\}/s);
    if (pieces.every((piece) => piece.trim() === '')) return false;
    const tail = calls === null ? ' (' : ' / ';
    const inOrder = (text: string): boolean => {
      const [first = '', ...rest] = pieces;
      if (!text.startsWith(first)) return false;
      let at = first.length;
      for (const piece of rest) {
        const found = text.indexOf(piece, at);
        if (found < 0) return false;
        at = found + piece.length;
      }
      const left = text.slice(at);
      return left === '' || pieces.at(-1) === '' || left.startsWith(tail);
    };
    return inOrder(check);
  });
}

function fixedName(job: Look): string | null {
  const name = job.get('name').text();
  return name === null || name.includes('${{') ? null : shown(name);
}

/** `true`, or an expression, which may come to it. */
function forgives(value: Look): boolean {
  const text = value.text();
  return text === 'true' || text?.includes('${{') === true;
}

function isFiltered(event: Look): boolean {
  return !event.get('paths').isNothing || !event.get('paths-ignore').isNothing;
}
