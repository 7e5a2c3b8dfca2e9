import type { ShapeName } from '#components/verdict/words.ts';
import type { AlertState } from '#lib/domain/alert-view.ts';

/** How an alert stands, in shape and word. */
export const alertStates: Readonly<Record<AlertState, { readonly of: ShapeName; readonly word: string }>> = {
  firing: { of: 'fail', word: 'Firing' },
  pending: { of: 'wait', word: 'Pending' },
  loaded: { of: 'pass', word: 'Loaded' },
  'not-loaded': { of: 'fail', word: 'Not loaded' },
  'in-error': { of: 'fail', word: 'In error' },
  'not-looked-at': { of: 'wait', word: 'No check' },
  unknown: { of: 'unknown', word: 'Unknown' },
};
