import type { ReactNode } from 'react';
import { webHref } from '#components/ui/web-href.ts';
import type { DocumentText } from '#lib/domain/document.ts';

interface Props {
  readonly text: readonly DocumentText[];
  readonly prefix: string;
}

/** What stands inside a line. A link leads to the web or to a heading of the same section, and nowhere else. */
export function DocumentLine({ text, prefix }: Props): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the line
  return text.map((span, index) => <Span key={index} span={span} prefix={prefix} />);
}

const tags = { strong: 'strong', emphasis: 'em', deleted: 'del' } as const;

function Span({ span, prefix }: { readonly span: DocumentText; readonly prefix: string }): ReactNode {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'code':
      return <code>{span.text}</code>;
    case 'break':
      return <br />;
    case 'strong':
    case 'emphasis':
    case 'deleted': {
      const Tag = tags[span.kind];
      return (
        <Tag>
          <DocumentLine text={span.text} prefix={prefix} />
        </Tag>
      );
    }
    case 'link':
      return <Linked span={span} prefix={prefix} />;
  }
}

interface LinkedProps {
  readonly span: Extract<DocumentText, { kind: 'link' }>;
  readonly prefix: string;
}

function Linked({ span: { href, text }, prefix }: LinkedProps) {
  const line = <DocumentLine text={text} prefix={prefix} />;
  if (href.startsWith('#'))
    return (
      <a className="link" href={`#${prefix}${href.slice(1)}`}>
        {line}
      </a>
    );
  const web = webHref(href);
  if (web === undefined) return line;
  return (
    <a className="link" href={web} target="_blank" rel="noreferrer">
      {line}
    </a>
  );
}
