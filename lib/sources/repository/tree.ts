/** An entry of a Git tree. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'submodule';
  readonly oid: string;
  /** Whether it is a file that its mode lets run. */
  readonly executable: boolean;
  /** Of a file, where the tree was told by a server that says so. */
  readonly bytes?: number;
}

/**
 * Reads a tree object: `mode SP name NUL oid`, again and again, an oid being 20 bytes (SHA-1) or 32 (SHA-256).
 * Format: Git's "Git Objects" chapter, and gitformat-pack. Null when the bytes are no tree.
 */
export function parseTree(content: Buffer, oidBytes: 20 | 32): TreeEntry[] | null {
  const entries: TreeEntry[] = [];
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(32, at);
    const nul = content.indexOf(0, space);
    if (space < 0 || nul < 0 || space - at > 6) return null;
    const end = nul + 1 + oidBytes;
    if (end > content.length) return null;
    const mode = content.toString('latin1', at, space);
    const kind = kindOf(mode);
    if (kind === null) return null;
    const name = content.toString('utf8', space + 1, nul);
    const executable = kind === 'file' && (Number.parseInt(mode, 8) & 0o100) !== 0;
    entries.push({ name, kind, oid: content.toString('hex', nul + 1, end), executable });
    at = end;
  }
  return entries;
}

function kindOf(mode: string): TreeEntry['kind'] | null {
  if (/^100[0-7]{3}$/.test(mode)) return 'file';
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return mode === '40000' || mode === '040000' ? 'folder' : null;
}
