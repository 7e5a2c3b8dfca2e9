import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';

/** Why shell commands do not parse, and on which of their lines (one-based). */
export interface ShellFault {
  readonly message: string;
  readonly line: number;
}

/** Longer or more deeply nested than any runbook, a block takes time that grows with its square. */
const mostCharacters = 32 * 1024;
const mostSubstitutions = 500;

/** The first fault of commands as `bash -n` would see it; null when they parse. Nothing is run. */
export function shellFault(commands: string): ShellFault | null {
  if (commands.length > mostCharacters) return { message: 'too long to be parsed', line: 1 };
  if (commands.split(/\$\(|[<>]\(|`/).length > mostSubstitutions)
    return { message: 'too many substitutions to be parsed', line: 1 };
  const faults: { readonly message: string; readonly pos: number }[] = [];
  for (const node of everyNode(commands)) {
    if (isScript(node)) faults.push(...(node.errors ?? []));
    if (node.type === 'HereDoc' && node.closing === undefined)
      faults.push({ message: `here-document without its end, ${node.delimiter?.text}`, pos: node.pos });
  }
  const [first] = faults.sort((one, other) => one.pos - other.pos);
  if (!first) return null;
  return { message: first.message, line: commands.slice(0, first.pos).split('\n').length };
}

/** The words of shell commands without their quotes, those within substitutions too; null when they do not parse. */
export function shellWords(commands: string): readonly string[] | null {
  if (shellFault(commands) !== null) return null;
  return [...everyNode(commands)].flatMap((node) => (node.type === 'Word' ? [node.value] : []));
}

function* everyNode(commands: string): Generator<SyntaxNode> {
  const waiting: SyntaxNode[] = [parse(commands)];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    forEachChild(node, (child) => waiting.push(child));
  }
}

function isScript(node: SyntaxNode): node is ParsedScript {
  return node.type === 'Script';
}
