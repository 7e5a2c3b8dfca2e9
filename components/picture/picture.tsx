import type { ReactNode } from 'react';
import { Age } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import type { Picture as PictureData } from '#lib/domain/judgement.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import { Boxes } from './boxes.tsx';
import { ItemsPicture } from './items.tsx';
import { Matrix } from './matrix.tsx';
import { Metrics } from './metrics.tsx';
import { Panels } from './panels.tsx';
import { Reports } from './reports.tsx';
import { Rules } from './rules.tsx';
import { Runs } from './runs.tsx';
import { Series } from './series.tsx';

interface Props {
  readonly of: PictureData;
  /** The source is silent: nothing is drawn past its last answer. */
  readonly silent: boolean;
  /** What it decided: a limit that was passed is red, and nothing to draw is violet only where nobody knows. */
  readonly state: ItemState;
}

/** The small picture of what a check looks at, 160 by 20. Grey is context; colour is what decides. */
export function Picture({ of, silent, state }: Props): ReactNode {
  switch (of.kind) {
    case 'metrics':
      return <Metrics lines={of.lines} silent={silent} />;
    case 'matrix':
      return <Matrix columns={of.columns} />;
    case 'series':
      return <Series points={of.points} limit={of.limit} silent={silent} state={state} />;
    case 'rules':
      return <Rules rules={of.rules} />;
    case 'panels':
      return <Panels panels={of.panels} />;
    case 'boxes':
      return <Boxes done={of.done} total={of.total} />;
    case 'reports':
      return <Reports tookMs={of.tookMs} limitMs={of.limitMs} />;
    case 'runs':
      return <Runs cells={of.cells} />;
    case 'items':
      return <ItemsPicture states={of.states} />;
    case 'claim':
      return (
        <span className="flex items-center gap-1.5 text-meta text-ink-3">
          <Shape of="claimed" size="small" />
          {of.since ? (
            <span>
              stated <Age at={of.since} /> ago
            </span>
          ) : (
            'stated, not signed'
          )}
        </span>
      );
    case 'none':
      return null;
  }
}
