import type { ShapeName } from '#components/verdict/words.ts';
import type { PanelOnScreen } from '#lib/domain/dashboards-view.ts';

type State = PanelOnScreen['state'];

/** A panel's state in words, in the order in which they are told. */
export const stateWords: Readonly<Record<State, string>> = {
  there: 'There',
  quiet: 'Quiet',
  missing: 'Missing',
  'without-data': 'Without data',
  drifted: 'Drifted',
  unknown: 'Unknown',
};

export const stateShapes: Readonly<Record<State, ShapeName>> = {
  there: 'pass',
  quiet: 'pass',
  missing: 'fail',
  'without-data': 'fail',
  drifted: 'fail',
  unknown: 'unknown',
};
