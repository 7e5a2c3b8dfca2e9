'use client';

import type { ReactNode } from 'react';
import { copyText } from '#components/ui/copy.ts';
import type { DocumentBlock } from '#lib/domain/document.ts';
import { DocumentLine } from './document-line.tsx';

interface Props {
  readonly blocks: readonly DocumentBlock[];
  /** Before each anchor: several sections may stand on a page. */
  readonly prefix: string;
}

/** A document's blocks as elements of ours: nothing that was written in it becomes markup. */
export function DocumentBlocks({ blocks, prefix }: Props) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place in the document
  return blocks.map((block, index) => <Block key={index} block={block} prefix={prefix} />);
}

interface BlockProps {
  readonly block: DocumentBlock;
  readonly prefix: string;
}

function Block({ block, prefix }: BlockProps): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <Heading block={block} prefix={prefix} />;
    case 'paragraph':
      return (
        <p>
          <DocumentLine text={block.text} prefix={prefix} />
        </p>
      );
    case 'list':
      return <List block={block} prefix={prefix} />;
    case 'quote':
      return (
        <blockquote>
          <DocumentBlocks blocks={block.blocks} prefix={prefix} />
        </blockquote>
      );
    case 'code':
      return <Code block={block} />;
    case 'table':
      return <Table block={block} prefix={prefix} />;
    case 'rule':
      return <hr />;
  }
}

interface Of<K extends DocumentBlock['kind']> {
  readonly block: Extract<DocumentBlock, { kind: K }>;
  readonly prefix: string;
}

/** It stands below the screen's title and the runbook's: its own levels begin at the third. */
function Heading({ block: { depth, anchor, text }, prefix }: Of<'heading'>) {
  const line = <DocumentLine text={text} prefix={prefix} />;
  const id = anchor === '' ? undefined : `${prefix}${anchor}`;
  return depth <= 3 ? <h3 id={id}>{line}</h3> : <h4 id={id}>{line}</h4>;
}

function List({ block: { start, items }, prefix }: Of<'list'>) {
  const rows = items.map(({ ticked, blocks }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the list
    <li key={index}>
      {ticked === null ? null : <span className="text-ink-3">{ticked ? '[x] ' : '[ ] '}</span>}
      <DocumentBlocks blocks={blocks} prefix={prefix} />
    </li>
  ));
  return start === null ? <ul>{rows}</ul> : <ol start={start}>{rows}</ol>;
}

function Code({ block: { text, language, fault } }: Pick<Of<'code'>, 'block'>) {
  const what = language ?? 'text';
  return (
    <div className="document-code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="code" tabIndex={0} aria-label={`Block of ${what}: ${text.slice(0, 60)}`}>
        <pre>{text}</pre>
      </section>
      <button type="button" className="button button-ghost" onClick={() => void copyText(text, 'Block')}>
        Copy<span className="sr-only"> {text.slice(0, 60)}</span>
      </button>
      {fault ? <p className="text-fail">{`Line ${fault.line} does not parse: ${fault.message}.`}</p> : null}
    </div>
  );
}

function Table({ block: { rows }, prefix }: Of<'table'>) {
  const [head = [], ...body] = rows;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="scroller" tabIndex={0} aria-label="Table">
      <table className="table">
        <thead>
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
              <th key={index} scope="col">
                <DocumentLine text={cell} prefix={prefix} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the table
            <tr key={at}>
              {row.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
                <td key={index}>
                  <DocumentLine text={cell} prefix={prefix} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
