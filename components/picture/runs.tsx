import type { Picture } from '#lib/domain/judgement.ts';
import { Frame } from './frame.tsx';
import { tenth } from './line.ts';

type Cell = Extract<Picture, { kind: 'runs' }>['cells'][number];
type State = Cell['state'];

const most = 16;
const step = 10.1;
const width = 8;

const words: Readonly<Record<State, string>> = {
  passed: 'passed',
  repeated: 'passed when run again',
  failed: 'failed',
  untested: 'without a result',
  running: 'running',
  none: 'never run',
};

/** A cell a commit, newest right: tall passed, split passed when run again, low red failed, hollow without a result, dashed running, a dot never run. */
export function Runs({ cells }: { readonly cells: readonly Cell[] }) {
  const shown = cells.slice(-most);
  const left = 160 - shown.length * step + (step - width);
  const draw = (state: State, path: (x: number) => string): string =>
    shown.flatMap((cell, at) => (cell.state === state ? [path(tenth(left + at * step))] : [])).join('');
  return (
    <Frame label={labelOf(shown)}>
      <path
        d={
          draw('passed', (x) => `M${x} 3h${width}v14h-${width}z`) +
          draw('repeated', (x) => `M${x} 3h${width}v6h-${width}zM${x} 11h${width}v6h-${width}z`)
        }
        fill="var(--color-chart-bar)"
      />
      <path d={draw('failed', (x) => `M${x} 11h${width}v6h-${width}z`)} fill="var(--color-fail)" />
      <path
        d={draw('untested', (x) => `M${tenth(x + 0.5)} 3.5h7v13h-7z`)}
        fill="none"
        stroke="var(--color-chart-bar)"
      />
      <path
        d={draw('running', (x) => `M${tenth(x + 0.5)} 3.5h7v13h-7z`)}
        fill="none"
        stroke="var(--color-chart-line)"
        strokeDasharray="2 2"
      />
      <path d={draw('none', (x) => `M${tenth(x + 2.8)} 14.8h2.4v2.4h-2.4z`)} fill="var(--color-chart-bar)" />
    </Frame>
  );
}

/** `12 commits, newest 2c9e4d1 passed: 10 passed, 1 failed, 1 never run`. */
function labelOf(cells: readonly Cell[]): string {
  const newest = cells.at(-1);
  if (!newest) return 'No commits';
  const counts = (Object.keys(words) as State[]).flatMap((state) => {
    const amount = cells.filter((cell) => cell.state === state).length;
    return amount === 0 ? [] : [`${amount} ${words[state]}`];
  });
  const all = cells.length === 1 ? '1 commit' : `${cells.length} commits`;
  return `${all}, newest ${newest.commit} ${words[newest.state]}: ${counts.join(', ')}`;
}
