import Link from 'next/link';
import { formatTook } from '#components/time/format.ts';
import { SilentFor } from '#components/time/silent-for.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { CiGate, CiStride } from '#lib/domain/ci-view.ts';
import { Cell } from './cell.tsx';
import { Compare } from './compare.tsx';
import { Durations } from './durations.tsx';

interface Props {
  readonly launch: string;
  readonly gate: CiGate;
  /** What the screen opens with, and is not said a second time. */
  readonly said: string;
}

/** One workflow: its commits and runs across, its strides down. */
export function Gate({ launch, gate, said }: Props) {
  const { item, source, workflow, required, silentSince, commits, strides } = gate;
  return (
    <section className="block-line" aria-label={`${source.title}, ${workflow}`}>
      <div className="section-head">
        <h2 className="heading">
          <Shape of={gate.verdict} size="small" label={wordOf(gate.verdict)} /> {source.title}
        </h2>
        <span className="text-ink-3">
          {gate.href ? (
            <a href={gate.href} className="link mono">
              {workflow}
            </a>
          ) : (
            <span className="mono">{workflow}</span>
          )}
          , newest first
        </span>
        <Link
          className="link"
          href={`/launches/${encodeURIComponent(launch)}/items/${encodeURIComponent(item.id)}`}
        >
          Item: {item.title}
        </Link>
        <SilentFor since={silentSince} />
      </div>
      {gate.sentence === said ? null : <p className="text-ink-2">{gate.sentence}</p>}
      {required ? (
        <p className="ci-required">
          <Shape of={required.verdict} size="small" label={wordOf(required.verdict)} />
          <span>{required.sentence}</span>
        </p>
      ) : null}
      {commits.length === 0 ? (
        <p className="mt-3 text-ink-3">No run was seen yet.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="scroller mt-3" tabIndex={0} aria-label="Runs by strides">
          <table className="ci-grid">
            <Columns commits={commits} />
            <tbody>
              {strides.map((stride) => (
                <Stride key={stride.isWhole ? '' : stride.name} stride={stride} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Compare gate={gate} />
    </section>
  );
}

function Columns({ commits }: Pick<CiGate, 'commits'>) {
  return (
    <thead>
      <tr>
        <td />
        {commits.map(({ commit, subject, isCandidate, newest, runs }) => (
          <th
            key={commit}
            scope="colgroup"
            colSpan={runs.length}
            className={`ci-commit ended-${newest}`}
            title={subject}
          >
            <code>{commit.slice(0, 7)}</code>
            {isCandidate ? <span className="sr-only">, the candidate</span> : null}
          </th>
        ))}
        <td colSpan={3} />
      </tr>
      <tr>
        <th scope="col">Stride</th>
        {commits.flatMap(({ commit, runs }) =>
          runs.map(({ id, number, attempt, event, href }, index) => (
            <th key={`${commit} ${id ?? index}`} scope="col" className="ci-run" title={event}>
              {href ? (
                <a className="link" href={href}>
                  {number}
                </a>
              ) : (
                number
              )}
              {attempt > 1 ? <span className="sr-only">, attempt {attempt}</span> : null}
            </th>
          )),
        )}
        <th scope="col" className="text-right">
          Newest
        </th>
        <th scope="col" className="text-right">
          Limit
        </th>
        <th scope="col" className="text-right">
          Duration
        </th>
      </tr>
    </thead>
  );
}

function Stride({ stride: { name, isWhole, cells, tookMs, limitMs } }: { readonly stride: CiStride }) {
  const newest = tookMs.find((took) => took !== null) ?? null;
  return (
    <tr data-whole={isWhole || undefined}>
      <th scope="row">{name}</th>
      {cells.map((cell, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place in the row
        <td key={index}>
          <Cell of={cell} />
        </td>
      ))}
      <td className="text-right tabular-nums whitespace-nowrap">
        {newest === null ? '–' : formatTook(newest)}
      </td>
      <td className="text-right text-ink-3 tabular-nums whitespace-nowrap">
        {limitMs === null ? '–' : formatTook(limitMs)}
      </td>
      <td className="ci-durations">
        <Durations tookMs={tookMs} limitMs={limitMs} />
      </td>
    </tr>
  );
}
