import type { Block } from './blocks.ts';

/** Blocks as GitHub-flavoured Markdown, with a newline at the end. */
export function markdownOf(blocks: readonly Block[]): string {
  return `${blocks.map(textOf).join('\n\n')}\n`;
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${block.text}`;
    case 'text':
      return block.text.trim();
    case 'list':
      return block.items.map((item) => `- ${item.trim().replaceAll('\n', '\n  ')}`).join('\n');
    case 'commands':
      return fenced(block.text.trim());
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows].map(row).join('\n');
  }
}

/** A fence is longer than any run of backticks inside it. */
function fenced(commands: string): string {
  const longest = Math.max(2, ...[...commands.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}bash\n${commands}\n${fence}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
