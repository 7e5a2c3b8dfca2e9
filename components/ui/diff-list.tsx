import type { DiffLine } from './diff-lines.ts';

const signs = { removed: '-', added: '+', same: ' ', gap: '…' } as const;
const words = { removed: 'Goes:', added: 'Comes:', same: '', gap: 'Lines between are the same' } as const;

interface Props {
  readonly lines: readonly DiffLine[];
  readonly label: string;
}

/** A comparison of two texts, line by line, in a place of its own that scrolls. */
export function DiffList({ lines, label }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="code diff max-h-112" tabIndex={0} aria-label={label}>
      <ol>
        {lines.map((line) => (
          <li key={`${line.kind} ${line.before} ${line.after}`} data-kind={line.kind}>
            <span className="diff-at" aria-hidden="true">
              {line.before ?? ''}
            </span>
            <span className="diff-at" aria-hidden="true">
              {line.after ?? ''}
            </span>
            <span className="sr-only">{words[line.kind]}</span>
            <code>{`${signs[line.kind]} ${line.text}`}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
