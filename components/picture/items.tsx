import { Frame } from './frame.tsx';
import { tenth } from './line.ts';

const settled: ReadonlySet<string> = new Set(['ready', 'waived', 'not-applicable']);

const colours: Readonly<Record<string, string>> = {
  fail: 'var(--color-fail)',
  unknown: 'var(--color-unknown)',
  stale: 'var(--color-stale)',
  claimed: 'var(--color-claimed)',
  held: 'var(--color-claimed)',
  unsigned: 'var(--color-pass)',
};

/** The states of other items: full is settled, hollow in its state's colour is open. */
export function ItemsPicture({ states }: { readonly states: readonly string[] }) {
  const shown = states.slice(0, 40);
  const width = Math.min(14, 160 / Math.max(shown.length, 1));
  const bar = Math.max(width - 3, 1);
  const open = states.filter((state) => !settled.has(state));
  const kinds = [...new Set(shown)];
  return (
    <Frame label={`${states.length - open.length} of ${states.length} items settled`}>
      {kinds.map((kind) => {
        const isSettled = settled.has(kind);
        const inset = isSettled ? 0 : 0.6;
        const d = shown
          .flatMap((state, at) =>
            state === kind
              ? [
                  `M${tenth(at * width + inset)} ${5 + inset}h${tenth(bar - 2 * inset)}v${10 - 2 * inset}h-${tenth(bar - 2 * inset)}z`,
                ]
              : [],
          )
          .join('');
        return isSettled ? (
          <path key={kind} d={d} fill="var(--color-chart-bar)" />
        ) : (
          <path key={kind} d={d} fill="none" stroke={colours[kind] ?? 'var(--color-na)'} strokeWidth="1.2" />
        );
      })}
    </Frame>
  );
}
