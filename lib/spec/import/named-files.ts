import { repositoryPathFault } from '#lib/domain/observations/repository.ts';
import type { Proposal } from './proposal.ts';

const named =
  /\.(?:rs|ts|tsx|js|mjs|py|go|sol|sh|ya?ml|json|toml|md|proto|sql|txt|tf|conf|lock|ini|cfg|html|css|c|h|cc|cpp|java|kt|rb|nix)$/i;
/** Words of a document or line that speaks of what to do when something is wrong. */
const operating =
  /run-?books?\b|play-?books?\b|\boperat|\bon[ -]?call\b|\bincident|\btrouble-?shoot|\brecovery\b|\bemergency\b/i;

/**
 * What the name of a file stands for: a runbook where it leads to a section and it or what stands `around` it speaks of
 * operating, a dashboard's JSON, another checklist, a workflow, else a file. Null for what names no file.
 */
export function fileOf(written: string, line: number, around: string): Proposal | null {
  const [path = '', anchor] = written.replace(/^(?:\.\/)+/, '').split('#', 2);
  if (!/^[\w.@+-]+(?:\/[\w.@+-]+)*$/.test(path) || repositoryPathFault(path) !== null) return null;
  if (!named.test(path) || (!path.includes('/') && !/\.(?:md|ya?ml|json|sh|toml)$/i.test(path))) return null;
  const file = path.replace(/^.*\//, '');
  const section =
    anchor !== undefined && /^[\p{L}\p{N}_-]+$/u.test(anchor) ? { anchor: anchor.toLowerCase() } : {};
  const what = 'anchor' in section ? `${path}#${section.anchor}` : path;
  if (/\.md$/i.test(path) && /check-?_?lists?\b|go-?_?no-?_?go/i.test(file))
    return { line, from: 'checklist', what, ...section };
  if ('anchor' in section) {
    const isRunbook =
      /\.md$/i.test(path) && (operating.test(path.replace(/[_/]/g, ' ')) || operating.test(around));
    return { line, from: isRunbook ? 'runbook' : 'file', what, ...section };
  }
  if (/^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.yml$/.test(path))
    return { line, from: 'workflow', what: path };
  const isDashboard = /\.json$/i.test(path) && /dashboard|grafana/i.test(path);
  return { line, from: isDashboard ? 'dashboard' : 'file', what: path };
}

/** The file behind a label without any sign around it: `File: docs/a.md`. */
export function bareFile(text: string): string | null {
  const last = /(?:^|[\s:*])([\w.@+/#-]{3,300})\s*$/.exec(text.slice(-320))?.[1];
  return last !== undefined && /[/.]/.test(last) && fileOf(last, 0, '') !== null ? last : null;
}
