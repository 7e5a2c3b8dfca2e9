import type { CiCell } from '#lib/domain/ci-view.ts';
import { Cell, cellWords } from './cell.tsx';

const shown: readonly CiCell[] = [
  'passed',
  'flaky',
  'failed',
  'skipped',
  'under-way',
  'stopped',
  'may-fail',
  'not-run',
];

/** What the cells mean. */
export function Legend() {
  return (
    <ul className="ci-legend">
      {shown.map((cell) => (
        <li key={cell}>
          <Cell of={cell} /> <span>{cellWords[cell]}</span>
        </li>
      ))}
    </ul>
  );
}
