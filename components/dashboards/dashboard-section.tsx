import Link from 'next/link';
import { Age, Moment } from '#components/time/age.tsx';
import { SilentFor } from '#components/time/silent-for.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { DashboardOnScreen } from '#lib/domain/dashboards-view.ts';
import { PanelCard } from './panel-card.tsx';

interface Props {
  readonly launch: string;
  readonly dashboard: DashboardOnScreen;
  /** The one state that is shown; null for all. */
  readonly show: string | null;
}

/** One dashboard: where Grafana holds it, and its required panels beside each other. */
export function DashboardSection({ launch, dashboard, show }: Props) {
  const { item, title, uid, held, panels, silentSince, observedAt } = dashboard;
  const shown = panels.filter(({ state }) => show === null || state === show);
  const whole = panels.filter(({ state }) => state === 'there' || state === 'quiet').length;
  if (show !== null && shown.length === 0) return null;
  return (
    <section className="block-line" aria-label={title}>
      <div className="section-head">
        <h2 className="heading">
          <Shape of={dashboard.verdict} size="small" label={wordOf(dashboard.verdict)} /> {title}
        </h2>
        <span className="text-ink-3">
          {`${whole} of ${panels.length}, `}
          uid <code>{uid}</code>
          {held ? `, in ${held.folder}` : ''}
          {held?.version != null ? `, version ${held.version}` : ''}
          {held?.updatedAt ? (
            <>
              , saved <Moment at={held.updatedAt} />
            </>
          ) : null}
        </span>
        {held ? (
          <a className="link" href={held.href}>
            Open in Grafana
          </a>
        ) : null}
        <Link
          className="link"
          href={`/launches/${encodeURIComponent(launch)}/items/${encodeURIComponent(item.id)}`}
        >
          Item: {item.title}
        </Link>
        {silentSince ? (
          <SilentFor since={silentSince} />
        ) : observedAt ? (
          <span className="text-ink-3">
            looked <Age at={observedAt} /> ago
          </span>
        ) : null}
      </div>
      {held ? null : <p className="text-ink-2">{dashboard.sentence}</p>}
      <ul className="dashboard-panels">
        {shown.map((panel) => (
          <PanelCard key={panel.title} panel={panel} />
        ))}
      </ul>
    </section>
  );
}
