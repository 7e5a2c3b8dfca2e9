import Link from 'next/link';
import { alertStates } from '#components/runbooks/alert-words.ts';
import { Shape, Tick } from '#components/verdict/shape.tsx';
import type { AlertOnScreen } from '#lib/domain/alert-view.ts';

interface Props {
  readonly launch: string;
  readonly alerts: readonly AlertOnScreen[];
  /** In a cell that has a mark for all of them: only what is not well gets one of its own. */
  readonly isBrief?: boolean;
}

/** The alerts over a metric, each with how it stands; a step leads to its runbook. */
export function AlertsOver({ launch, alerts, isBrief = false }: Props) {
  return (
    <ul className="alerts-over">
      {alerts.map(({ name, state }) => {
        const { of, word } = alertStates[state];
        const isPlain = isBrief && of === 'pass';
        return (
          <li key={name}>
            {isPlain ? null : of === 'pass' ? <Tick /> : <Shape of={of} size="small" />}
            <Link
              className="link"
              href={`/launches/${encodeURIComponent(launch)}/runbooks?alert=${encodeURIComponent(name)}`}
              prefetch={false}
            >
              {name}
            </Link>
            <span className={isPlain ? 'sr-only' : `word is-${of}`}>{word.toLowerCase()}</span>
          </li>
        );
      })}
    </ul>
  );
}
