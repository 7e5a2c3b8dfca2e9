import type { FileAtCommit } from '#lib/domain/observations/repository.ts';

const pointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:[a-z0-9.-]+ .*\n)*oid sha256:[0-9a-f]{64}\n/;

/**
 * A blob's text, or why it has none. A Git LFS pointer is not the file's content and does not pass for it
 * (format: git-lfs `docs/spec.md`). `content` is null for a blob over the cap.
 */
export function readText(content: Buffer | null): Pick<FileAtCommit, 'text' | 'whyNoText'> {
  if (content === null) return { text: null, whyNoText: 'too-large' };
  if (content.includes(0)) return { text: null, whyNoText: 'binary' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(content);
  } catch {
    return { text: null, whyNoText: 'binary' };
  }
  if (content.length <= 1024 && pointer.test(text)) return { text: null, whyNoText: 'lfs-pointer' };
  return { text, whyNoText: null };
}
