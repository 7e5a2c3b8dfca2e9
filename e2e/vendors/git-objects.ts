import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitWorld } from '#e2e/github/objects.ts';
import type { GitEntry, WorldCommit } from '#e2e/github/world.ts';

/**
 * Brings a vendor's world to hold what a repository on this machine holds: every object under Git's own id, and main.
 * @throws when Git cannot read the repository
 */
export async function push(repository: string, world: GitWorld): Promise<void> {
  const args = ['-C', repository, 'cat-file', '--batch', '--batch-all-objects'];
  const options = { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 } as const;
  const { stdout } = await promisify(execFile)('git', args, options);
  for (let from = 0; from < stdout.length; ) {
    const line = stdout.indexOf('\n', from);
    const [sha = '', type = '', size = '0'] = stdout.toString('latin1', from, line).split(' ');
    const content = stdout.subarray(line + 1, line + 1 + Number(size));
    from = line + 2 + Number(size);
    if (type === 'blob') world.blobs.set(sha, Buffer.from(content));
    if (type === 'tree') world.trees.set(sha, entriesOf(content));
    if (type === 'commit') world.commits.set(sha, commitOf(sha, content.toString('utf8')));
  }
  const head = await promisify(execFile)('git', ['-C', repository, 'rev-parse', 'refs/heads/main']);
  world.branches.set('main', head.stdout.trim());
}

/** A tree as Git writes it: mode, name, NUL, twenty bytes of id ("Git Objects"). */
function entriesOf(content: Buffer): readonly GitEntry[] {
  const entries: GitEntry[] = [];
  for (let from = 0; from < content.length; ) {
    const nul = content.indexOf(0, from);
    const [mode = '', ...name] = content.toString('utf8', from, nul).split(' ');
    const sha = content.toString('hex', nul + 1, nul + 21);
    entries.push({ mode: mode.padStart(6, '0') as GitEntry['mode'], name: name.join(' '), sha });
    from = nul + 21;
  }
  return entries;
}

function commitOf(sha: string, text: string): WorldCommit {
  const blank = text.indexOf('\n\n');
  const head = text.slice(0, blank).split('\n');
  const after = (word: string) =>
    head.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const seconds = Number(/ (\d+) [+-]\d{4}$/.exec(after('committer')[0] ?? '')?.[1] ?? 0);
  return {
    sha,
    parents: after('parent'),
    message: text.slice(blank + 2).trimEnd(),
    at: new Date(seconds * 1000).toISOString(),
    tree: after('tree')[0] ?? '',
  };
}
