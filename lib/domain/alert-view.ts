/** `not-looked-at`: no check looks for it. `unknown`: its check cannot tell now. */
export type AlertState =
  | 'firing'
  | 'pending'
  | 'loaded'
  | 'not-loaded'
  | 'in-error'
  | 'not-looked-at'
  | 'unknown';

export interface AlertOnScreen {
  readonly name: string;
  /** As the spec or, for one that it does not know, the loaded rule has it; null where neither says. */
  readonly severity: string | null;
  readonly state: AlertState;
  /** What its check found, in a sentence; empty where it is loaded and quiet. */
  readonly says: string;
  readonly silentSince: string | null;
  /** The metric it watches; null for one that the spec does not know. */
  readonly metric: string | null;
  /** The item whose check looks for it; null where none does. */
  readonly item: string | null;
  /** Where the loaded rule itself sends people; null where it says nothing, or nothing is known of it. */
  readonly leadsTo: string | null;
}
