import type { CorrectionSpec, KitPart } from './kit-spec.ts';

/** One file that a spec yields for the launched project's own repository: the same bytes on every run and machine. */
export interface KitFile {
  /** From the root of the launched project's repository. */
  readonly path: string;
  readonly part: KitPart | 'readme';
  /** What it is, in a few words: "Grafana dashboard Treasury". */
  readonly title: string;
  /** UTF-8, ends with a newline. */
  readonly text: string;
  readonly executable: boolean;
  /** How its meaning is compared with the repository's file; see the kind `kit-file`. */
  readonly format: 'grafana-dashboard' | 'prometheus-rules' | 'yaml' | 'shell' | 'markdown';
  /** Faults of what stood before that this file puts right. */
  readonly corrections: readonly CorrectionSpec[];
}
