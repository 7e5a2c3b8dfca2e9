'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { formatTook } from '#components/time/format.ts';
import type { CiGate } from '#lib/domain/ci-view.ts';
import { Cell } from './cell.tsx';
import { compareRuns, type RunChoice, runChoices, type StrideCompared } from './compare-runs.ts';

/** Two runs of one workflow beside each other, chosen by the reader and kept in the address. */
export function Compare({ gate }: { readonly gate: CiGate }) {
  const [{ run, other }, choose] = useQueryStates({ run: parseAsString, other: parseAsString });
  const choices = runChoices(gate);
  const [newest, before] = choices;
  if (!newest || !before) return null;
  const mine = choices.some(({ id }) => id === run) && choices.some(({ id }) => id === other);
  const [one, two] = mine && run !== null && other !== null ? [run, other] : [newest.id, before.id];
  const rows = mine ? compareRuns(gate, one, two) : null;
  const titleOf = (id: string) => choices.find((choice) => choice.id === id)?.title ?? '';
  return (
    <details
      className="disclose mt-3"
      open={mine}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== mine) void choose(open ? { run: one, other: two } : { run: null, other: null });
      }}
    >
      <summary>Compare two runs</summary>
      <div className="ci-compare-choice">
        <RunSelect label="Run" value={one} choices={choices} onChoose={(id) => void choose({ run: id })} />
        <RunSelect label="with" value={two} choices={choices} onChoose={(id) => void choose({ other: id })} />
      </div>
      {rows ? <Compared rows={rows} titles={[titleOf(one), titleOf(two)]} /> : null}
    </details>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly RunChoice[];
  readonly onChoose: (id: string) => void;
}

function RunSelect({ label, value, choices, onChoose }: SelectProps) {
  return (
    <label>
      {label}{' '}
      <select className="pick" value={value} onChange={({ target }) => onChoose(target.value)}>
        {choices.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ComparedProps {
  readonly rows: readonly StrideCompared[];
  readonly titles: readonly [string, string];
}

function Compared({ rows, titles }: ComparedProps) {
  const strides = rows.filter(({ isWhole }) => !isWhole);
  const differing = strides.filter(({ differs }) => differs).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="scroller mt-2" tabIndex={0} aria-label="Two runs compared">
      <table className="ci-grid ci-compared">
        <caption className="text-left text-ink-2">
          {`${differing} of ${strides.length} strides ended differently.`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Stride</th>
            {titles.map((title, index) => (
              <th key={index === 0 ? 'run' : 'other'} scope="col" colSpan={2}>
                {title}
              </th>
            ))}
            <th scope="col" className="text-right">
              The first run took
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.isWhole ? '' : row.name} data-whole={row.isWhole || undefined}>
              <th scope="row" className={row.differs ? 'font-medium' : undefined}>
                {row.name}
              </th>
              {row.cells.map((cell, index) => (
                <Ended key={index === 0 ? 'run' : 'other'} cell={cell} tookMs={row.tookMs[index] ?? null} />
              ))}
              <td className="text-right tabular-nums">{longer(row.longerMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Ended({
  cell,
  tookMs,
}: {
  readonly cell: StrideCompared['cells'][0];
  readonly tookMs: number | null;
}) {
  return (
    <>
      <td>
        <Cell of={cell} />
      </td>
      <td className="text-ink-2 tabular-nums">{tookMs === null ? '–' : formatTook(tookMs)}</td>
    </>
  );
}

function longer(ms: number | null): string {
  if (ms === null) return '–';
  if (Math.abs(ms) < 1000) return 'as long';
  return `${formatTook(Math.abs(ms))} ${ms > 0 ? 'longer' : 'less'}`;
}
