/** What people are told of a commit. */
export interface CommitSeen {
  readonly commit: string;
  /** First paragraph of its message in one line, at most 200 characters. */
  readonly subject: string;
  /** The committer's instant, ISO 8601 UTC. */
  readonly committedAt: string;
}

/** Reads a commit object: header lines, an empty line, the message (format: git-commit-tree, "Git Objects"). */
export function parseCommit(commit: string, content: Buffer): CommitSeen | null {
  const text = content.toString('utf8');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const [, seconds] = /^committer .*> (\d{1,12}) [+-]\d{4}$/m.exec(head) ?? [];
  if (seconds === undefined) return null;
  const [paragraph = ''] = text
    .slice(end < 0 ? text.length : end + 2)
    .trimStart()
    .split(/\n\s*\n/);
  const subject = paragraph
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return {
    commit,
    subject: [...subject].slice(0, 200).join(''),
    committedAt: new Date(Math.min(Number(seconds) * 1000, 8.64e15)).toISOString(),
  };
}
