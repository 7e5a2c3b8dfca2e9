import { isSilence } from '#lib/domain/failure.ts';
import { shown } from '../as-told.ts';
import type { Answer } from '../repository/failure.ts';
import type { CommitWalk } from '../repository/walk.ts';
import { type Look, lookAtYaml, mergedLooks } from '../yaml-look.ts';

/** What a CI file includes: of the same repository read and merged, and else the names of what is not read. */
export interface IncludesRead {
  /** What stands below the file's own content, which overrides it; null for nothing. */
  readonly below: Look | null;
  /** Each with why, where that is not its kind alone. */
  readonly unread: readonly string[];
}

const mostDepth = 5;
const mostFiles = 50;
const mostCharacters = 1024 * 1024;

/**
 * Reads what a CI file includes by `local`, at the same commit, files within files: 5 deep and 50 in all at the most,
 * each merged over those before it, as GitLab does (https://docs.gitlab.com/ci/yaml/includes/). What rules or inputs
 * decide, wildcards, and what stands elsewhere is not read.
 */
export function readIncludes(path: string, root: Look, walk: CommitWalk): Promise<Answer<IncludesRead>> {
  let left = mostFiles;

  const within = async (from: Look, chain: readonly string[]): Promise<Answer<IncludesRead>> => {
    let below: Look | null = null;
    const unread: string[] = [];
    for (const entry of entriesOf(from)) {
      const named = nameOf(entry);
      const local = localPath(entry);
      const why = local === null ? '' : whyUnread(entry, local, chain, left);
      if (local === null || why !== null) {
        unread.push(`${named}${why ?? ''}`);
        continue;
      }
      left -= 1;
      const read = await walk.file(local);
      if (!read.ok && isSilence(read.failure)) return read;
      const text = read.ok ? read.value.text : null;
      const look = text === null || text.length > mostCharacters ? null : lookAtYaml(text);
      if (!look?.ok || !look.root.isMap) {
        unread.push(
          `${named}, ${read.ok && read.value.found === 'absent' ? 'which is not there' : 'which cannot be read'}`,
        );
        continue;
      }
      const inner = await within(look.root, [...chain, local]);
      if (!inner.ok) return inner;
      unread.push(...inner.value.unread);
      const whole = inner.value.below ? mergedLooks(inner.value.below, look.root) : look.root;
      below = below ? mergedLooks(below, whole) : whole;
    }
    return { ok: true, value: { below, unread } };
  };

  return within(root, [path]);
}

function entriesOf(root: Look): readonly Look[] {
  const include = root.get('include');
  return include.isMap || include.text() !== null ? [include] : include.items();
}

function nameOf(entry: Look): string {
  const [first] = entry.isMap
    ? ['local', 'file', 'remote', 'template', 'component'].flatMap((key) => entry.get(key).text() ?? [])
    : [entry.text() ?? ''];
  return shown(first ?? 'a file of another project', 80);
}

/** The path from the repository's root of what is included by `local`, or by a plain text that is no URL. */
function localPath(entry: Look): string | null {
  const path = entry.isMap ? entry.get('local').text() : entry.text();
  return path === null || path === '' || /^https?:/i.test(path) ? null : path.replace(/^\//, '');
}

function whyUnread(entry: Look, local: string, chain: readonly string[], left: number): string | null {
  if (/[*?]/.test(local)) return ', a pattern';
  if (entry.isMap && !entry.get('rules').isNothing) return ', by its rules';
  if (entry.isMap && !entry.get('inputs').isNothing) return ', with inputs';
  if (local.includes('$')) return ', by a variable';
  if (chain.includes(local)) return ', which includes itself';
  if (chain.length > mostDepth) return `, over ${mostDepth} deep`;
  return left > 0 ? null : `, after ${mostFiles} others`;
}
