import { type Answer, failed } from './failure.ts';

/**
 * The full names that a ref may stand for. A branch, a tag, a full ref, HEAD or a commit: Git's other ways to say a
 * commit (`main~3`, `@{yesterday}`) mean another one each time and are refused. Rules: git-check-ref-format(1).
 */
export type RefNames =
  | { readonly kind: 'commit'; readonly commit: string }
  | {
      readonly kind: 'names';
      /** Any of these; two that lead to different commits are ambiguous. */
      readonly names: readonly string[];
      /** Looked at when none of them is there. */
      readonly fallback: readonly string[];
    };

/** What a candidate's ref stands for, or why it is none. */
export function readRef(ref: string): Answer<RefNames> {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref))
    return { ok: true, value: { kind: 'commit', commit: ref.toLowerCase() } };
  const fault = refFault(ref);
  if (fault) return failed('refused', `“${[...ref].slice(0, 100).join('')}” is no ref: ${fault}.`);
  if (ref === 'HEAD' || ref.startsWith('refs/'))
    return { ok: true, value: { kind: 'names', names: [ref], fallback: [] } };
  return {
    ok: true,
    value: {
      kind: 'names',
      names: [`refs/tags/${ref}`, `refs/heads/${ref}`],
      fallback: [`refs/remotes/origin/${ref}`],
    },
  };
}

function refFault(ref: string): string | null {
  if (ref === '') return 'it is empty';
  if (ref.length > 255) return 'it is longer than 255 characters';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  if (/[\u0000-\u0020\u007f]/.test(ref)) return 'it has a space or a control character in it';
  if (/[~^:?*[\\]/.test(ref) || ref.includes('@{') || ref.includes('..') || ref === '@')
    return 'write a branch, a tag or a full commit, not an expression over them';
  const parts = ref.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock')))
    return 'a part of it is empty, begins with a dot or ends with .lock';
  return ref.endsWith('.') ? 'it ends with a dot' : null;
}
