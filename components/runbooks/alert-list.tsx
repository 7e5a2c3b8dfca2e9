import Link from 'next/link';
import { SilentFor } from '#components/time/silent-for.tsx';
import { webHref } from '#components/ui/web-href.ts';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { AlertOnScreen } from '#lib/domain/alert-view.ts';
import { alertStates } from './alert-words.ts';

interface Props {
  readonly launch: string;
  readonly label: string;
  readonly alerts: readonly AlertOnScreen[];
  /** The one that a link led to. */
  readonly chosen: string | null;
}

/** Alerts, a row each: whether it is loaded and fires, and what it watches. */
export function AlertList({ launch, label, alerts, chosen }: Props) {
  return (
    <ul className="alerts" aria-label={label}>
      {withKeys(alerts, ({ name, severity }) => `${name} ${severity}`).map(([key, alert]) => (
        <AlertRow key={key} launch={launch} alert={alert} isChosen={alert.name === chosen} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly launch: string;
  readonly alert: AlertOnScreen;
  readonly isChosen: boolean;
}

/** Where a link led to an alert, the page goes there once. */
const show = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'center' });

function AlertRow({ launch, alert, isChosen }: RowProps) {
  const { name, severity, state, says, silentSince, metric, leadsTo } = alert;
  const { of, word } = alertStates[state];
  const href = webHref(leadsTo);
  return (
    <li className="alert-row" data-chosen={isChosen || undefined} ref={isChosen ? show : undefined}>
      <Shape of={of} />
      <span className={`word is-${of}`}>{word}</span>
      <span className="alert-name">
        <code>{name}</code> <span className="text-ink-3">{severity ?? 'no severity'}</span>
      </span>
      <span className="alert-metric">
        {metric ? (
          <Link
            className="link"
            href={`/launches/${encodeURIComponent(launch)}/coverage?metric=${encodeURIComponent(metric)}`}
            prefetch={false}
          >
            <code>{metric}</code>
          </Link>
        ) : null}
      </span>
      <span className="alert-says">
        {says} <SilentFor since={silentSince} />
        {href ? (
          <>
            {' '}
            <a className="link" href={href} target="_blank" rel="noreferrer">
              Its runbook link
            </a>
          </>
        ) : null}
      </span>
    </li>
  );
}
