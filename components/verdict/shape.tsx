import type { ItemState, Verdict } from '#lib/domain/verdict.ts';
import { type ShapeName, wordOf } from './words.ts';

interface ShapeProps {
  readonly of: ShapeName;
  readonly size?: 'small' | 'large';
  /** Read aloud, where no word stands beside it. */
  readonly label?: string;
}

/** A verdict's shape. Its word stands beside it, or is given as `label`. */
export function Shape({ of, size, label }: ShapeProps) {
  const className = `shape${size ? ` shape-${size}` : ''} is-${of}`;
  if (label === undefined) {
    return (
      <svg className={className} aria-hidden="true">
        <use href={`#shape-${of}`} />
      </svg>
    );
  }
  return (
    <svg className={className} role="img" aria-label={label}>
      <use href={`#shape-${of}`} />
    </svg>
  );
}

/** A verdict's word, in its colour unless nothing is wrong. */
export function Word({ of, ending = '' }: { readonly of: ItemState | Verdict; readonly ending?: string }) {
  return <span className={`word is-${of}`}>{`${wordOf(of)}${ending}`}</span>;
}

/** The small tick of what is there; silent where its word stands beside it. */
export function Tick({ label }: { readonly label?: string }) {
  if (label === undefined) {
    return (
      <svg className="tick" aria-hidden="true">
        <use href="#glyph-given" />
      </svg>
    );
  }
  return (
    <svg className="tick" role="img" aria-label={label}>
      <use href="#glyph-given" />
    </svg>
  );
}
