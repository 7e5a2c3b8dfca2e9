'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { CheckAgain } from '#components/frame/check-again.tsx';
import { Screen, type ScreenProps } from '#components/frame/screen.tsx';
import { ScreenHead } from '#components/frame/screen-head.tsx';
import { useKeys } from '#components/keys/bindings.ts';
import { useView } from '#components/live/use-view.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { DashboardsView, PanelOnScreen } from '#lib/domain/dashboards-view.ts';
import { dashboardsQuery } from '#lib/queries/views.ts';
import { DashboardSection } from './dashboard-section.tsx';
import { stateShapes, stateWords } from './panel-words.ts';

/** What the spec requires beside what Grafana holds, panel by panel. */
export function DashboardsScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(dashboardsQuery(launch));
  return data ? <Dashboards view={data} failed={failed} /> : null;
}

function Dashboards({ view, failed }: ScreenProps<DashboardsView>) {
  const { launch, dashboards } = view;
  const [show, setShow] = useQueryState('show', parseAsString);
  useKeys({ escape: () => void setShow(null) });
  const panels = dashboards.flatMap((one) => one.panels);
  return (
    <Screen view={view} failed={failed}>
      <ScreenHead
        view={view}
        acts={<CheckAgain launch={launch.id} items={dashboards.map(({ item }) => item.id)} />}
      />
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
    </Screen>
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
    <div className="segment mt-4 border-t border-line pt-3" role="group" aria-label="Panels">
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
