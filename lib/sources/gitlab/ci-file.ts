import type { CiFile } from '#lib/domain/observations/ci.ts';
import { shown } from '../as-told.ts';
import { type Look, lookAtYaml, mergedLooks } from '../yaml-look.ts';
import type { IncludesRead } from './ci-includes.ts';
import { kindsOf, type PipelineKind, type Runs, rulesOf, runsByOnly, runsByRules } from './ci-rules.ts';

/** A project's CI file, with the jobs that it has itself. */
export interface CiFileRead {
  readonly file: CiFile;
  readonly jobs: readonly JobRead[];
}

export interface JobRead {
  readonly key: string;
  readonly runs: Readonly<Record<PipelineKind, Runs>>;
}

/** Keys that are no jobs: https://docs.gitlab.com/ci/yaml/#keywords */
const notJobs: ReadonlySet<string> = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'types',
  'variables',
  'workflow',
]);
/** GitLab takes no file larger than 1 MiB by default (`max_yaml_size_bytes` counts what it unfolds to). */
const mostCharacters = 1024 * 1024;

/** Looks at a CI file's YAML, whatever is in it, or says of a file that is none what it is. */
export function lookAtCiFile(
  path: string,
  text: string,
): { readonly ok: true; readonly root: Look } | { readonly ok: false; readonly unread: CiFileRead } {
  const no = (why: string) => ({ ok: false, unread: unreadCiFile(path, why) }) as const;
  if (text.length > mostCharacters) return no('it is larger than 1 MiB');
  const read = lookAtYaml(text);
  if (!read.ok) return no(`it ${read.why}`);
  return read.root.isMap ? read : no('it holds no jobs');
}

/** Reads a CI file over what it includes: https://docs.gitlab.com/ci/yaml/. What is not read of that, it says. */
export function readCiFile(path: string, main: Look, { below, unread }: IncludesRead): CiFileRead {
  const root = below ? mergedLooks(below, main) : main;
  const top = new Map(root.entries());
  const own = [...top].filter(([key, job]) => job.isMap && !key.startsWith('.') && !notJobs.has(key));
  const jobs = own.map(([key, job]) => {
    const look = (member: string) => inherited(top, job, member);
    return { key: shown(key), forgives: forgives(look), runs: runsOf(look), look };
  });
  const workflow = rulesOf(root.get('workflow').get('rules'));
  const unseen = unseenParts(unread, jobs);
  const byPaths = (kind: PipelineKind): boolean => {
    if (workflow.length > 0 && runsByRules(workflow, kind) === 'by-paths') return true;
    const running = jobs.filter(({ runs }) => runs[kind] !== 'never');
    return unseen === null && running.length > 0 && running.every(({ runs }) => runs[kind] === 'by-paths');
  };
  return {
    file: {
      path,
      forgiving: jobs.flatMap(({ key, forgives: whole }) =>
        whole ? [{ job: key, name: null, whole, steps: 0 }] : [],
      ),
      pathFilters: { pullRequest: byPaths('merge-request'), push: byPaths('push') },
      ...jobsByPaths(jobs),
      events: eventsOf(workflow, jobs),
      fault: unseen === null ? null : `${path}: ${unseen}.`,
    },
    jobs: jobs.map(({ key, runs }) => ({ key, runs })),
  };
}

/** Named only where there are any. */
function jobsByPaths(jobs: readonly JobRead[]): Pick<CiFile, 'jobsByPaths'> {
  const named = jobs.filter(({ runs }) => Object.values(runs).includes('by-paths')).map(({ key }) => key);
  return named.length === 0 ? {} : { jobsByPaths: named };
}

/** A file of which nothing can be told, and why. */
export function unreadCiFile(path: string, why: string): CiFileRead {
  const pathFilters = { pullRequest: false, push: false };
  return { file: { path, forgiving: [], pathFilters, events: [], fault: `${path}: ${why}.` }, jobs: [] };
}

type Member = (key: string) => Look;

/** `allow_failure`, with exit codes too, of the job or a rule of it; and a manual job's, which is allowed to by default. */
function forgives(job: Member): boolean {
  const allowed = (value: Look) => value.text() === 'true' || value.isMap;
  const rules = rulesOf(job('rules'));
  if (allowed(job('allow_failure')) || rules.some((rule) => allowed(rule.get('allow_failure')))) return true;
  return job('allow_failure').isNothing && rules.length === 0 && job('when').text() === 'manual';
}

function runsOf(job: Member): JobRead['runs'] {
  const rules = rulesOf(job('rules'));
  const of = (kind: PipelineKind): Runs =>
    rules.length > 0 ? runsByRules(rules, kind) : runsByOnly(job('only'), job('except'), kind);
  return { 'merge-request': of('merge-request'), push: of('push') };
}

/** What `workflow` lets pipelines run for; without it, what the jobs run for. */
function eventsOf(workflow: readonly Look[], jobs: readonly JobRead[]): readonly string[] {
  const admitting = workflow.filter((rule) => rule.get('when').text() !== 'never');
  const told = admitting.map((rule) => kindsOf(rule.get('if').text()));
  const other = told.flatMap((one) => one.other);
  const runs = (kind: PipelineKind): boolean =>
    workflow.length > 0
      ? told.some(({ kinds }) => kinds.includes(kind))
      : jobs.some((job) => job.runs[kind] !== 'never');
  return [
    ...new Set([
      ...(runs('push') ? ['push'] : []),
      ...(runs('merge-request') ? ['merge_request_event'] : []),
      ...other,
    ]),
  ];
}

/** What else the pipeline is made of than what stands in the file, in words; null where that is all. */
function unseenParts(names: readonly string[], jobs: readonly { readonly look: Member }[]): string | null {
  const refers = jobs.some(({ look }) =>
    ['rules', 'allow_failure', 'when', 'only', 'except'].some(
      (key) =>
        look(key).tag !== null ||
        look(key)
          .items()
          .some((item) => item.tag !== null),
    ),
  );
  const parts = [
    ...(names.length > 0
      ? [
          `what it includes is not read (${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''})`,
        ]
      : []),
    ...(refers ? ['what its !reference tags stand for is not followed'] : []),
  ];
  return parts.length === 0 ? null : parts.join(', and ');
}

/**
 * A member of a job: its own, or merged in by `<<`, or of what it `extends`, the last first. Each lookup opens a bounded
 * number of maps, so that templates which extend each other many times over cost nothing.
 */
function inherited(top: ReadonlyMap<string, Look>, job: Look, key: string): Look {
  let left = 60;
  const find = (at: Look): Look | null => {
    left -= 1;
    if (left < 0) return null;
    const own = at.get(key);
    if (!own.isNothing) return own;
    const merged = at.get('<<');
    for (const one of merged.isMap ? [merged] : merged.items().toReversed()) {
      const found = find(one);
      if (found) return found;
    }
    const bases = at.get('extends');
    const names = [bases.text(), ...bases.items().map((item) => item.text())].toReversed();
    for (const name of names) {
      const base = name === null ? undefined : top.get(name);
      const found = base ? find(base) : null;
      if (found) return found;
    }
    return null;
  };
  return find(job) ?? job.get(key);
}
