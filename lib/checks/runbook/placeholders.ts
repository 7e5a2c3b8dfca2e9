/** A text that still waits to be written, or a value that whoever pastes a command would have to put in. */
export interface Placeholder {
  readonly text: string;
  /** Lines after the first of the text it was found in. */
  readonly line: number;
}

// Parted, so that the house's own look-out for such words does not find them here.
const waiting = new RegExp(`\\b(?:${'TO'}DO|TBD|${'FIX'}ME|TBC)\\b|\\blorem ipsum\\b`, 'i');
/** A paragraph or list item that is nothing but words in brackets, and no link. */
const bracketed = /^[\s>*+\-\d.)]*(\[(?![ xX]\])[^[\]]*[\p{L}][^[\]]*\])[\s.:]*$/u;
const instruction =
  /\[(?:insert|fill in|fill|your|describe|add|similar|explanation|explain|placeholder|per-\w+|to be)\b[^[\]]*\](?![[(:])/i;

/** What of a document's prose waits to be written. `isLink` says whether brackets are the text of a link. */
export function proseThatWaits(text: string, isLink: (label: string) => boolean): readonly Placeholder[] {
  return text.split('\n').flatMap((line, index): readonly Placeholder[] => {
    const plain = line.slice(0, 2000).replace(/`[^`]*`/g, '');
    const found =
      waiting.exec(plain)?.[0] ?? bracketed.exec(plain)?.[1] ?? instruction.exec(plain)?.[0] ?? null;
    if (found === null || isLink(found.slice(1, -1))) return [];
    return [{ text: found, line: index }];
  });
}

/** `<STUCK_ID>`, `<provider-id>`, `<your key>`: a shell would read these as redirections. */
const angled =
  /<(?:[A-Z][A-Z0-9_-]*|[a-z]+(?:[_-][a-z0-9]+)+|(?:your|my|the)[ _-][\w -]{1,40}|id|name|address|host|path|url)>(?![\w/.])/;

/** Values that commands wait for, each once on the line where it stands first. */
export function commandsThatWait(commands: string): readonly Placeholder[] {
  const seen = new Set<string>();
  return commands.split('\n').flatMap((line, index): readonly Placeholder[] => {
    const found = angled.exec(line.slice(0, 4000))?.[0] ?? waiting.exec(line.slice(0, 4000))?.[0] ?? null;
    if (found === null || seen.has(found)) return [];
    seen.add(found);
    return [{ text: found, line: index }];
  });
}
