import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import type { DocumentBlock, DocumentText } from '#lib/domain/document.ts';
import { isComment } from '../markdown-sections.ts';
import { codePoint } from '../metrics/words.ts';
import { type DocumentHeading, isShell } from './section.ts';
import { shellFault } from './shell.ts';

/** So many blocks are shown, those within lists and quotes counted; more are no section that people read. */
const mostBlocks = 2000;
/** Lists and quotes within each other. */
const mostDeep = 12;

/** What a section's syntax tree says, in words that a page can show: no address but the web's, and no HTML. */
export function readableBlocks(
  blocks: readonly RootContent[],
  headings: readonly DocumentHeading[],
): { readonly blocks: readonly DocumentBlock[]; readonly more: number } {
  const state = {
    left: mostBlocks,
    more: 0,
    anchors: new Map(headings.map((one) => [one.line, one.anchor])),
  };
  return { blocks: blocks.flatMap((block) => blockOf(block, state, 0)), more: state.more };
}

interface State {
  left: number;
  more: number;
  /** Anchors of the section's headings by the lines that these stand on. */
  readonly anchors: ReadonlyMap<number, string>;
}

function blockOf(node: RootContent, state: State, depth: number): readonly DocumentBlock[] {
  if (node.type === 'html' && isComment(node)) return [];
  if (node.type === 'definition') return [];
  if (state.left <= 0 || depth > mostDeep) {
    state.more += 1;
    return [];
  }
  state.left -= 1;
  const within = (children: readonly RootContent[]) =>
    children.flatMap((child) => blockOf(child, state, depth + 1));
  switch (node.type) {
    case 'heading': {
      const anchor = state.anchors.get(node.position?.start.line ?? 0) ?? '';
      return [{ kind: 'heading', depth: node.depth, anchor, text: textOf(node.children, state) }];
    }
    case 'paragraph':
      return [{ kind: 'paragraph', text: textOf(node.children, state) }];
    case 'blockquote':
    case 'footnoteDefinition':
      return [{ kind: 'quote', blocks: within(node.children) }];
    case 'list':
      return [
        {
          kind: 'list',
          start: node.ordered ? (node.start ?? 1) : null,
          items: node.children.map(({ checked, children }) => ({
            ticked: checked ?? null,
            blocks: within(children),
          })),
        },
      ];
    case 'code':
      return [codeOf(node.value, node.lang ?? null)];
    case 'html':
      return [codeOf(node.value, 'html')];
    case 'table':
      state.left -= node.children.length;
      return [
        {
          kind: 'table',
          rows: node.children.map(({ children }) => children.map((cell) => textOf(cell.children, state))),
        },
      ];
    case 'thematicBreak':
      return [{ kind: 'rule' }];
    default:
      return [];
  }
}

function codeOf(value: string, lang: string | null): DocumentBlock {
  const language = lang === null || lang === '' ? null : visible(lang.slice(0, 40));
  return {
    kind: 'code',
    text: visible(value),
    language,
    fault: isShell(lang) ? shellFault(value) : null,
  };
}

function textOf(children: readonly PhrasingContent[], state: State): readonly DocumentText[] {
  return children.flatMap((child) => spanOf(child, state));
}

function spanOf(node: PhrasingContent, state: State): readonly DocumentText[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [{ kind: 'text', text: visible(node.value.replace(/\s+/g, ' ')) }];
    case 'inlineCode':
      return [{ kind: 'code', text: visible(node.value) }];
    case 'emphasis':
    case 'strong':
      return [{ kind: node.type, text: textOf(node.children, state) }];
    case 'delete':
      return [{ kind: 'deleted', text: textOf(node.children, state) }];
    case 'break':
      return [{ kind: 'break' }];
    case 'link':
      return linkOf(node.url, textOf(node.children, state), state);
    // Nothing is loaded from another host: a picture is its name and its address.
    case 'image':
      return named(node.url, [{ kind: 'text', text: `Picture: ${visible(node.alt ?? '')}` }]);
    default:
      return plain(node);
  }
}

/** What is linked by a definition elsewhere, and footnotes, read as they are written. */
function plain(node: Nodes): readonly DocumentText[] {
  if ('children' in node) return node.children.flatMap(plain);
  if ('value' in node) return [{ kind: 'text', text: visible(node.value) }];
  return 'label' in node ? [{ kind: 'text', text: `[${visible(node.label ?? '')}]` }] : [];
}

/** Other addresses than the web's are shown beside their text, so that nobody takes them for links or misses them. */
function linkOf(url: string, text: readonly DocumentText[], { anchors }: State): readonly DocumentText[] {
  if (/^https?:\/\/[^\s\p{Cc}]+$/iu.test(url)) return [{ kind: 'link', href: url, text }];
  const anchor = url.startsWith('#') ? url.slice(1).toLowerCase() : null;
  if (anchor !== null && [...anchors.values()].includes(anchor)) {
    return [{ kind: 'link', href: `#${anchor}`, text }];
  }
  return named(url, text);
}

function named(url: string, text: readonly DocumentText[]): readonly DocumentText[] {
  const address = { kind: 'code', text: visible(url.slice(0, 300)) } as const;
  return [...text, { kind: 'text', text: ' (' }, address, { kind: 'text', text: ')' }];
}

/** Marks that nobody sees, or that turn what stands around them, but for line breaks and tabs. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function visible(text: string): string {
  return text.replace(unseen, codePoint);
}
