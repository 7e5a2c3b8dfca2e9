'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useKeys } from '#components/keys/bindings.ts';
import { BehindStrip } from '#components/live/behind-strip.tsx';
import { useView } from '#components/live/use-view.ts';
import { notify } from '#components/ui/notice.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { DashboardsView, PanelOnScreen } from '#lib/domain/dashboards-view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { requestCheck } from '#lib/queries/verbs.ts';
import { dashboardsQuery } from '#lib/queries/views.ts';
import { DashboardSection } from './dashboard-section.tsx';
import { stateShapes, stateWords } from './panel-words.ts';

/** What the spec requires beside what Grafana holds, panel by panel. */
export function DashboardsScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(dashboardsQuery(launch));
  return data ? <Dashboards view={data} failed={failed} /> : null;
}

interface Props {
  readonly view: DashboardsView;
  readonly failed: Parameters<typeof BehindStrip>[0]['failed'];
}

function Dashboards({ view, failed }: Props) {
  const { launch, dashboards } = view;
  const [show, setShow] = useQueryState('show', parseAsString);
  const check = (): void => void checkDashboards(view);
  useKeys({ r: check, escape: () => void setShow(null) });
  const panels = dashboards.flatMap((one) => one.panels);
  return (
    <main id="main" className="page">
      <title>{`${view.title} · ${launch.title}`}</title>
      <BehindStrip failed={failed} />
      <div className="title-row">
        <Shape of={view.verdict} size="large" label={wordOf(view.verdict)} />
        <h1>{view.title}</h1>
        <div className="acts">
          <button
            type="button"
            className="button button-primary"
            aria-disabled={dashboards.length === 0}
            onClick={dashboards.length === 0 ? undefined : check}
          >
            Check again <kbd>R</kbd>
          </button>
        </div>
        <p className="lede">{view.sentence}</p>
      </div>
      {dashboards.length === 0 ? (
        <p className="mt-4 text-ink-2">
          Give an item a check of the kind <code>dashboard</code>, and a source of the kind{' '}
          <code>grafana</code>, in the spec.
        </p>
      ) : (
        <States panels={panels} show={show} setShow={(next) => void setShow(next)} />
      )}
      {dashboards.map((one) => (
        <DashboardSection
          key={`${one.item.id} ${one.check}`}
          launch={launch.id}
          dashboard={one}
          show={show}
        />
      ))}
    </main>
  );
}

interface StatesProps {
  readonly panels: readonly PanelOnScreen[];
  readonly show: string | null;
  readonly setShow: (show: string | null) => void;
}

/** How many panels there are of each state, to choose from. */
function States({ panels, show, setShow }: StatesProps) {
  const states = Object.keys(stateWords) as PanelOnScreen['state'][];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a legend and a box that nobody needs here
    <div className="segment mt-4" role="group" aria-label="Panels">
      <button
        type="button"
        className="button button-ghost"
        aria-pressed={show === null}
        onClick={() => setShow(null)}
      >
        All <span className="n">{panels.length}</span>
      </button>
      {states.map((state) => {
        const count = panels.filter((panel) => panel.state === state).length;
        return count === 0 ? null : (
          <button
            key={state}
            type="button"
            className="button button-ghost"
            aria-pressed={show === state}
            onClick={() => setShow(show === state ? null : state)}
          >
            <Shape of={stateShapes[state]} size="small" /> {stateWords[state]}{' '}
            <span className="n">{count}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Asks each item that looks at a dashboard; news of what it brought comes by the live stream. */
async function checkDashboards({ launch, dashboards }: DashboardsView): Promise<void> {
  const items = [...new Set(dashboards.map(({ item }) => item.id))];
  try {
    const asked = await Promise.all(items.map((item) => requestCheck(launch.id, { item })));
    const checks = asked.reduce((sum, { requested }) => sum + requested, 0);
    notify(`${checks} checks asked; what changes shows here by itself.`);
  } catch (error) {
    notify(`Not asked: ${problemOf(error).message}`);
  }
}
