import type { AlertOnScreen } from './alert-view.ts';
import type { DocumentBlock } from './document.ts';
import type { Verdict } from './verdict.ts';
import type { ScreenView, SourceView } from './view.ts';

/** The Runbooks screen: each alert with the section that it sends people to, and what that section lacks. */
export interface RunbooksView extends ScreenView {
  /** Those that it rests on. */
  readonly sources: readonly SourceView[];
  /** Items whose checks it rests on. */
  readonly items: readonly string[];
  /** In the spec's order. */
  readonly runbooks: readonly RunbookOnScreen[];
  /** Alerts of the spec that no runbook has. */
  readonly unled: readonly AlertOnScreen[];
  /** Alerts that a Prometheus has loaded and the spec does not know. */
  readonly undeclared: readonly AlertOnScreen[];
  /** Undeclared ones that are not listed. */
  readonly moreUndeclared: number;
}

export interface RunbookOnScreen {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly silentSince: string | null;
  /** The item whose check reads it; null where none does. */
  readonly item: string | null;
  /** Null where its section was not found or never read. */
  readonly section: RunbookSectionView | null;
  readonly alerts: readonly AlertOnScreen[];
}

export interface RunbookSectionView {
  /** The commit that it was read at. */
  readonly commit: string;
  /** One-based line of its heading. */
  readonly line: number;
  readonly parts: readonly { readonly title: string; readonly state: 'written' | 'empty' | 'missing' }[];
  /** Blocks of shell commands. */
  readonly commands: number;
  readonly parsed: number;
  readonly gaps: readonly RunbookGap[];
  /** Gaps that are not listed. */
  readonly moreGaps: number;
}

export interface RunbookGap {
  readonly about: 'section' | 'part' | 'commands' | 'placeholder' | 'link' | 'alert';
  /** Line of the document; 0 where it is in another file. */
  readonly line: number;
  readonly what: string;
}

/** A section to be read, as the candidate's commit has it. */
export interface RunbookText {
  readonly title: string;
  readonly commit: string;
  /** The page of the file at a known host; null where there is none. */
  readonly href: string | null;
  readonly blocks: readonly DocumentBlock[];
  /** Blocks that are not shown because there are too many. */
  readonly more: number;
}
