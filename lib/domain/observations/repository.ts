/** A path at the candidate's commit, read from the commit's tree and never from a work tree. */
export interface FileAtCommit {
  readonly commit: string;
  readonly path: string;
  readonly found: 'file' | 'folder' | 'symlink' | 'submodule' | 'absent';
  /** Of the blob; null unless a file. */
  readonly bytes: number | null;
  /** SHA-256 of the blob, hex; null unless a file. */
  readonly sha256: string | null;
  /** UTF-8 text; null when absent, binary or over the cap (1 MiB). */
  readonly text: string | null;
  readonly whyNoText: 'binary' | 'too-large' | null;
}
