/**
 * A document as it is shown: what its Markdown means, and no markup of its own. Addresses are the web's or lead to a
 * heading of the same section; whatever else stood in a link, and all HTML, is text.
 */
export type DocumentBlock =
  | {
      readonly kind: 'heading';
      readonly depth: number;
      readonly anchor: string;
      readonly text: readonly DocumentText[];
    }
  | { readonly kind: 'paragraph'; readonly text: readonly DocumentText[] }
  | {
      readonly kind: 'list';
      /** The first number; null for one without numbers. */
      readonly start: number | null;
      readonly items: readonly {
        readonly ticked: boolean | null;
        readonly blocks: readonly DocumentBlock[];
      }[];
    }
  | { readonly kind: 'quote'; readonly blocks: readonly DocumentBlock[] }
  | {
      readonly kind: 'code';
      readonly text: string;
      readonly language: string | null;
      /** Why its commands do not parse, and on which line of it; null where they do, or it holds none. */
      readonly fault: { readonly line: number; readonly message: string } | null;
    }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly DocumentText[])[])[] }
  | { readonly kind: 'rule' };

/** What stands inside a line. */
export type DocumentText =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | {
      readonly kind: 'emphasis' | 'strong' | 'deleted';
      readonly text: readonly DocumentText[];
    }
  | { readonly kind: 'link'; readonly href: string; readonly text: readonly DocumentText[] }
  | { readonly kind: 'break' };
