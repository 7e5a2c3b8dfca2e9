import type { Paragraph, RootContent, TableCell } from 'mdast';
import { plainText } from '../markdown-blocks.ts';
import { type DocumentSection, isComment } from '../markdown-sections.ts';
import type { Piece } from './align.ts';

/**
 * What a section says, piece by piece: headings below it, paragraphs, entries of lists, rows of tables, and each line
 * of code. How lines are wrapped, which mark a list has and what stands in comments says nothing.
 */
export function sectionPieces({ title, depth, blocks }: DocumentSection): Piece[] {
  const pieces: Piece[] = [];
  const headings: string[] = [];
  const place = () => [title, ...headings.filter(Boolean)].join(' › ');
  for (const block of blocks) {
    if (block.type === 'heading') {
      const below = block.depth - depth - 1;
      // Ranks are told as in the kit, whose sections are of rank 2; a document may have them at another.
      headings.length = Math.min(headings.length, below);
      const [line, text] = [lineOf(block), plainText(block)];
      pieces.push({ place: place(), line, value: `${'#'.repeat(below + 3)} ${text}` });
      headings[below] = text;
    } else {
      for (const { line, value } of blockPieces(block, '')) pieces.push({ place: place(), line, value });
    }
  }
  return pieces;
}

type Told = Omit<Piece, 'place'>;

function blockPieces(block: RootContent, mark: string): Told[] {
  const line = lineOf(block);
  const one = (value: string): Told[] => [{ line, value: `${mark}${value}` }];
  switch (block.type) {
    case 'paragraph':
      return one(textOf(block));
    case 'heading':
      return one(`${'#'.repeat(block.depth)} ${plainText(block)}`);
    case 'code': {
      const lines = block.value.split(/\r?\n/).flatMap((text, index): Told[] => {
        const value = text.trimEnd();
        return value === '' ? [] : [{ line: line + index + 1, value: `${mark}${value}` }];
      });
      return [...one(`\`\`\`${block.lang ?? ''}`), ...lines];
    }
    case 'list':
      return block.children.flatMap((item, index) => {
        const number = block.ordered ? `${(block.start ?? 1) + index}.` : '-';
        const box =
          item.checked === null || item.checked === undefined ? '' : `[${item.checked ? 'x' : ' '}] `;
        const [first, ...more] = item.children;
        const head = first ? blockPieces(first, `${mark}${number} ${box}`) : one(`${number} ${box}`);
        return [...head, ...more.flatMap((child) => blockPieces(child, `${mark}  `))];
      });
    case 'blockquote':
      return block.children.flatMap((child) => blockPieces(child, `${mark}> `));
    case 'table':
      return block.children.map((row) => ({
        line: lineOf(row),
        value: `${mark}| ${row.children.map(textOf).join(' | ')} |`,
      }));
    case 'thematicBreak':
      return one('---');
    case 'html':
      return isComment(block) ? [] : one(spaced(block.value));
    default:
      return 'children' in block
        ? block.children.flatMap((child) => blockPieces(child as RootContent, mark))
        : one('value' in block ? spaced(block.value) : block.type);
  }
}

/** Marks within a line are text here: how a word is set says something to who reads it. */
function textOf({ children }: Paragraph | TableCell): string {
  return spaced(children.map((child) => ('value' in child ? child.value : ' ')).join(''));
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function lineOf({ position }: { readonly position?: RootContent['position'] }): number {
  return position?.start.line ?? 0;
}
