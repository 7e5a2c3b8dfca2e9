import type { AlertOnScreen } from './alert-view.ts';
import type { UnreadPlace } from './coverage.ts';
import type { CoverageBesides } from './coverage-besides.ts';
import type { JsonObject } from './json.ts';
import type { Judgement, Picture } from './judgement.ts';
import type { ItemState, Level, ReadinessKind, Verdict } from './verdict.ts';

/*
 * View-models: what screens get, worked out by the server. Instants are ISO 8601 UTC, so that a page can show ages
 * without asking again; durations carry their unit. Components render these and never work out a verdict.
 */

export interface LaunchHead {
  readonly id: string;
  readonly title: string;
  readonly targetAt: string;
  readonly targetBlock: number | null;
  readonly candidate: { readonly ref: string; readonly commit: string; readonly pinnedAt: string } | null;
  readonly specDigest: string;
  /** Raised with every change of the board; live events carry it. */
  readonly version: number;
}

/** What every screen of a launch opens with: what it comes to, in words and with the number that decided it. */
export interface ScreenView {
  /** The instant it was worked out for. */
  readonly at: string;
  /** When time alone changes it next: fetch again then. Null: nothing changes by itself. */
  readonly changesAt: string | null;
  readonly launch: LaunchHead;
  readonly title: string;
  readonly sentence: string;
  readonly verdict: Verdict;
}

export interface Readiness {
  readonly kind: ReadinessKind;
  /** "Not ready: 7 of 19 blockers open" */
  readonly title: string;
  /** "4 fail, 1 unknown (Prometheus energy silent since 08:06)." Instants inside are in `whySince`. */
  readonly why: string;
  /** What it means for the date, in two parts so that the first can be set off. */
  readonly date: { readonly lead: string; readonly rest: string };
  readonly blockers: number;
  readonly open: number;
  readonly ready: number;
  /** Truncated, never rounded up. */
  readonly percent: number;
}

export interface SourceView {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly network: string | null;
  /** `unread`: no check reads it, so that it is not asked. */
  readonly health: 'answering' | 'silent' | 'nonsense' | 'never-asked' | 'not-asked' | 'disabled' | 'unread';
  readonly lastAnsweredAt: string | null;
  readonly silentSince: string | null;
  readonly nextTryAt: string | null;
  /** From when on nobody asks it any more, unless it is asked before then; null where it never was. */
  readonly overdueAt: string | null;
  /** One sentence where health is not `answering`. */
  readonly message: string | null;
}

export interface SignatureView {
  readonly role: string;
  readonly title: string;
  readonly abbreviation: string;
  /** Until people can sign only `due` occurs. */
  readonly state: 'given' | 'due' | 'suspended' | 'lapsed' | 'needs-work';
  readonly since: string | null;
}

export interface ItemRow {
  readonly id: string;
  readonly track: string;
  readonly title: string;
  readonly owner: string | null;
  readonly level: Level;
  readonly phase: string;
  /** False before its phase: shown, judged, and does not block. */
  readonly due: boolean;
  readonly estimateMs: number | null;
  readonly state: ItemState;
  readonly fact: { readonly lead: string; readonly rest: string };
  readonly picture: Picture;
  readonly signatures: readonly SignatureView[];
  /** Of the oldest evidence that decides; null when there is none. */
  readonly observedAt: string | null;
  readonly silentSince: string | null;
  readonly failing: boolean;
  readonly flapping: boolean;
  readonly quiet: boolean;
  /** Since when it has been in this state. */
  readonly since: string | null;
  readonly sources: readonly string[];
  readonly kinds: readonly string[];
}

export interface TrackView {
  readonly id: string;
  readonly title: string;
  readonly lead: string | null;
  readonly blockers: number;
  readonly ready: number;
  /** "Longest wait: fix by Ilse Brandt" and since when; null when nothing waits. */
  readonly longestWait: { readonly text: string; readonly since: string } | null;
  readonly remainingMs: number;
  readonly items: readonly ItemRow[];
}

export interface BoardView {
  /** The instant it was folded for. */
  readonly at: string;
  /** Names the newest stored fold it holds: later than that of any fold before. Readings of the next ones follow on it. */
  readonly storedAt: string;
  /** When time alone changes it next: fetch again then. Null: nothing changes by itself. */
  readonly changesAt: string | null;
  readonly launch: LaunchHead;
  readonly readiness: Readiness;
  /** States of due blockers, worst last, for the tally. */
  readonly tally: readonly ItemState[];
  readonly counts: Readonly<Record<ItemState, number>>;
  readonly signatures: { readonly due: number; readonly inForce: number; readonly enforced: boolean };
  readonly sources: readonly SourceView[];
  readonly owes: readonly { readonly who: string; readonly what: string; readonly since: string | null }[];
  readonly burnup: Burnup;
  readonly tracks: readonly TrackView[];
  /** First collection under way: how many checks have been looked at; null when all have. */
  readonly collecting: { readonly done: number; readonly total: number } | null;
}

/** What a stored board says otherwise than one stored before, where no more than readings moved between the two. */
export interface BoardReadings {
  readonly launch: string;
  readonly version: number;
  /** A board stored at this instant or later holds all that these leave out; an older one is asked for instead. */
  readonly after: string;
  /** The stored board that they come to. */
  readonly storedAt: string;
  readonly changesAt: string | null;
  readonly rows: readonly Pick<ItemRow, 'id' | 'fact' | 'picture'>[];
  readonly sources: readonly SourceView[];
}

export interface Burnup {
  readonly points: readonly { readonly at: string; readonly ready: number; readonly scope: number }[];
  readonly targetAt: string;
  /** Null when there is too little history to say. */
  readonly forecast: { readonly earliestAt: string; readonly latestAt: string } | null;
}

export interface CheckView {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly judgement: Judgement | null;
  readonly parameters: JsonObject;
  readonly source: { readonly id: string; readonly title: string; readonly address: string } | null;
  readonly network: string | null;
  readonly maxAgeMs: number;
  readonly everyMs: number;
  readonly confirm: string;
  readonly ruleVersion: number;
  readonly evidenceDigest: string | null;
  readonly observedAt: string | null;
  readonly triedAt: string | null;
  readonly silentSince: string | null;
  readonly failing: { readonly count: number; readonly since: string; readonly sentence: string } | null;
  readonly flapping: boolean;
  readonly history: readonly HistorySpan[];
  readonly specLine: number;
}

/** A stretch of one verdict; `stale` spans are gaps in which nobody looked. */
export interface HistorySpan {
  readonly verdict: Verdict;
  readonly from: string;
  readonly to: string;
  readonly sentence: string;
}

export interface ItemView {
  readonly at: string;
  readonly changesAt: string | null;
  readonly launch: LaunchHead;
  readonly track: { readonly id: string; readonly title: string };
  readonly row: ItemRow;
  readonly why: string | null;
  readonly toGreen: readonly string[];
  readonly checks: readonly CheckView[];
  readonly signOff: readonly { readonly role: string; readonly title: string; readonly count: number }[];
  readonly neighbours: { readonly previous: string | null; readonly next: string | null };
}

/** Matrix cell. `declared`: the spec says so, and no check looks. `not-required`: the spec asks nothing there. */
export interface CoverageCell {
  readonly state: 'there' | 'hole' | 'unknown' | 'declared' | 'not-required';
  readonly note: string | null;
  /** Where the source is silent: since when. */
  readonly silentSince: string | null;
}

export interface CoverageRow {
  readonly metric: string;
  readonly group: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly declared: CoverageCell;
  readonly emitted: CoverageCell;
  /** On the panels that the spec requires. */
  readonly panel: CoverageCell;
  readonly alert: CoverageCell;
  /** Those that the spec has over it. */
  readonly alerts: readonly AlertOnScreen[];
  readonly runbook: CoverageCell;
  /** Panels and runbooks that the spec puts it in, and the kit's file of each. */
  readonly places: readonly { readonly name: string; readonly file: string }[];
  /** Why there is a hole; empty when there is none. */
  readonly why: string;
  readonly whole: boolean;
  readonly line: readonly (readonly [number, number])[];
  readonly lastSampleAt: string | null;
  readonly item: string | null;
  readonly query: string;
}

export interface CoverageView extends ScreenView {
  readonly whole: number;
  readonly total: number;
  readonly percent: number;
  readonly requests: number | null;
  /** Those that the matrix rests on. */
  readonly sources: readonly SourceView[];
  /** Items whose checks it rests on. */
  readonly items: readonly string[];
  /** Queries of panels and commands of runbooks that could not be read. */
  readonly unread: readonly UnreadPlace[];
  readonly rows: readonly CoverageRow[];
  readonly besides: CoverageBesides;
}

export interface LaunchRow {
  readonly id: string;
  readonly title: string;
  readonly targetAt: string;
  readonly readiness: Readiness;
  readonly candidate: LaunchHead['candidate'];
  readonly version: number;
  /** Ready blockers over time, newest last, for a small line. */
  readonly trend: readonly number[];
  readonly silentSources: readonly string[];
  readonly changesAt: string | null;
}

export interface LaunchesView {
  readonly at: string;
  readonly changesAt: string | null;
  readonly launches: readonly LaunchRow[];
  /** Specs shipped in `launches/` that are not adopted yet. */
  readonly shipped: readonly { readonly file: string; readonly title: string }[];
}
