/** A line of a checklist that is either done or not. */
export interface ChecklistEntry {
  /** A task list's box, a box in a table's cell, or a mark: an emoji or status word on a bullet or in a table's row. */
  readonly kind: 'box' | 'cell' | 'mark';
  readonly done: boolean;
  /** Without its box and Markdown's signs, on one line, at most 1000 characters. */
  readonly text: string;
  /** One-based, in the document. */
  readonly line: number;
  readonly endLine: number;
  /** Index of the entry that it is nested in; null at the top. */
  readonly parent: number | null;
  /** Index of the section it stands in; null before the first heading. */
  readonly section: number | null;
}

/** A heading. */
export interface ChecklistSection {
  readonly title: string;
  /** 1 to 6. */
  readonly depth: number;
  readonly line: number;
  /** Index of the section it stands in; null at the top. */
  readonly parent: number | null;
  /** What a mark in the heading claims of it; null without one. */
  readonly claim: 'done' | 'open' | null;
}

/** What of a document came into no item, check or role. */
export interface NotUnderstood {
  readonly line: number;
  readonly endLine: number;
  /** What it is, in words: `text`, `a comment`, `looks like a box, and is none`. */
  readonly what: string;
  /** Its beginning. */
  readonly text: string;
}

export type EntryChangeKind = 'added' | 'removed' | 'reworded' | 'moved' | 'ticked' | 'unticked';

/** One difference between two versions of a checklist. An entry that was moved and ticked is in two. */
export interface EntryChange {
  readonly kind: EntryChangeKind;
  /** The item it became: its id, and of a part also that of its check, as `item/check`. */
  readonly id: string;
  /** As it is now; removed: as it was. */
  readonly text: string;
  readonly line: number;
  /** Reworded: the text before. Moved: where it stood. */
  readonly before: string | null;
}

/** A check that the draft proposes, and the line that it was read from. */
export interface SuggestedCheck {
  readonly line: number;
  readonly from: 'metric' | 'test' | 'workflow' | 'file' | 'dashboard' | 'runbook' | 'checklist' | 'command';
  /** The metric, the command, the path. */
  readonly what: string;
  /** Kind of check in the draft. */
  readonly kind: string;
}

/** A checklist read in: the draft of a spec, and what became of each part of the document. */
export interface ChecklistImport {
  /** The whole spec, YAML. */
  readonly draft: string;
  readonly launch: { readonly id: string; readonly title: string; readonly targetAt: string };
  /** What was assumed because nobody said it, a sentence each. */
  readonly assumed: readonly string[];
  readonly boxes: { readonly total: number; readonly done: number };
  readonly marks: { readonly total: number; readonly done: number };
  readonly tracks: number;
  readonly items: number;
  readonly roles: readonly string[];
  readonly suggested: readonly SuggestedCheck[];
  readonly notUnderstood: readonly NotUnderstood[];
  /** Against the document before; null when none was given. */
  readonly changes: readonly EntryChange[] | null;
}
