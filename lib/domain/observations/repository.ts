/** A path at the candidate's commit, read from the commit's tree and never from a work tree. */
export interface FileAtCommit {
  readonly commit: string;
  readonly path: string;
  readonly found: 'file' | 'folder' | 'symlink' | 'submodule' | 'absent';
  /** Git's own id of what was found: blob, tree, or a submodule's commit; null when absent. */
  readonly oid: string | null;
  /** Whether Git's mode says that it can be run (100755, and not 100644); null unless a file. */
  readonly executable: boolean | null;
  /** Of the blob; null unless a file. */
  readonly bytes: number | null;
  /** SHA-256 of the blob, hex; null unless a file, and for one over 64 MiB, which is not read. */
  readonly sha256: string | null;
  /** UTF-8 text; null when absent, not text, or over the cap (1 MiB). */
  readonly text: string | null;
  readonly whyNoText: 'binary' | 'too-large' | 'lfs-pointer' | null;
  /** Where a symbolic link points, as written; links are never followed. */
  readonly target: string | null;
  /** When absent: a path there that differs in letter case alone. */
  readonly alike: string | null;
}

/**
 * What is wrong with a path inside a repository, in words, or null. Paths are relative to its root, parts divided by
 * `/`; they name entries of Git's trees, so `..` and `.` name nothing and an absolute path is a mistake.
 */
export function repositoryPathFault(path: string): string | null {
  if (path === '') return 'the path is empty';
  if (path.length > 4096) return 'the path is longer than 4 096 characters';
  if (path.includes('\0')) return 'the path has a NUL character in it';
  if (path.startsWith('/')) return 'write the path from the repository’s root, without a leading /';
  if (/^[A-Za-z]:[\\/]/.test(path)) return 'write the path from the repository’s root, without a drive';
  const parts = path.replace(/\/$/, '').split('/');
  if (parts.includes('..')) return 'a path does not leave the repository: take .. out';
  if (parts.includes('.') || parts.includes('')) return 'take empty parts and . out of the path';
  if (parts.some(isGitsOwn)) return 'Git keeps .git for itself, and no commit holds anything there';
  return null;
}

/** Names that a file system of Windows or macOS takes for `.git` too, as Git refuses them (`core.protectNTFS`). */
function isGitsOwn(part: string): boolean {
  const folded = part.replace(/[\p{Cf}]/gu, '').toLowerCase();
  return /^(\.git|git~1)[ .]*(:.*)?$/.test(folded);
}
