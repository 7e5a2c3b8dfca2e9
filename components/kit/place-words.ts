import type { ShapeName } from '#components/verdict/words.ts';
import type { RunsState } from '#lib/domain/drift.ts';
import type { KitFileDrift, KitFileState } from '#lib/domain/kit-view.ts';

export interface StateWord {
  readonly of: ShapeName;
  readonly word: string;
}

/** How a file stands in the repository. */
export const repositoryWords: Readonly<Record<KitFileState, StateWord>> = {
  same: { of: 'pass', word: 'Equal' },
  'on-purpose': { of: 'waived', word: 'On purpose' },
  differs: { of: 'fail', word: 'Differs' },
  missing: { of: 'fail', word: 'Missing' },
  unreadable: { of: 'unknown', word: 'Unreadable' },
  'not-looked-at': { of: 'unknown', word: 'Not compared' },
};

/** How it stands where it runs. */
export const runsWords: Readonly<Record<RunsState, StateWord>> = {
  same: { of: 'pass', word: 'Equal' },
  'on-purpose': { of: 'waived', word: 'On purpose' },
  drifted: { of: 'fail', word: 'Differs' },
  missing: { of: 'fail', word: 'Missing' },
  unknown: { of: 'unknown', word: 'Unknown' },
  unread: { of: 'unknown', word: 'Not read' },
};

/** Whether its places disagree. */
export const driftWords: Readonly<Record<KitFileDrift, StateWord>> = {
  drifted: { of: 'fail', word: 'Drifted' },
  unknown: { of: 'unknown', word: 'Unknown' },
  none: { of: 'pass', word: 'As agreed' },
};
