/** What is wrong with a branch's name, in words, or null. Names: git-check-ref-format(1). */
export function branchFault(branch: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  if (branch === '' || branch.length > 255 || /[\u0000-\u0020\u007f~^:?*[\\]/.test(branch))
    return 'it is empty, too long, or has characters that a branch cannot have';
  if (branch.includes('..') || branch.includes('//') || branch.includes('@{') || /^[/-]|[/.]$/.test(branch))
    return 'no branch can have that name';
  return branch.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'))
    ? 'no branch can have that name'
    : null;
}
