import type { Picture } from '#lib/domain/judgement.ts';
import { Frame } from './frame.tsx';

type Panel = Extract<Picture, { kind: 'panels' }>['panels'][number];

/** A dashboard's panels in the spec's order: filled where whole, hollow red where they differ, dashed where missing. */
export function Panels({ panels }: { readonly panels: readonly Panel[] }) {
  const width = Math.min(160 / Math.max(panels.length, 1), 20);
  const side = Math.max(width - 2, 1);
  const whole = panels.filter(({ state }) => state === 'whole').length;
  return (
    <Frame label={`${whole} of ${panels.length} panels as the spec has them`}>
      {panels.map(({ title, state }, at) =>
        state === 'whole' ? (
          <rect key={title} x={at * width} y="4" width={side} height="12" fill="var(--color-chart-bar)" />
        ) : (
          <rect
            key={title}
            x={at * width + 0.6}
            y="4.6"
            width={Math.max(side - 1.2, 0.4)}
            height="10.8"
            fill="none"
            stroke="var(--color-fail)"
            strokeWidth="1.2"
            strokeDasharray={state === 'missing' ? '2 2' : undefined}
          />
        ),
      )}
    </Frame>
  );
}
