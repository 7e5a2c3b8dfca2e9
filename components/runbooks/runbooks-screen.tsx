'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { CheckAgain } from '#components/frame/check-again.tsx';
import { Screen, type ScreenProps } from '#components/frame/screen.tsx';
import { ScreenHead } from '#components/frame/screen-head.tsx';
import { useKeys } from '#components/keys/bindings.ts';
import { focusAlong } from '#components/keys/focus-along.ts';
import { useView } from '#components/live/use-view.ts';
import type { RunbooksView } from '#lib/domain/runbooks-view.ts';
import { runbooksQuery } from '#lib/queries/views.ts';
import { AlertList } from './alert-list.tsx';
import { RunbookSection } from './runbook-section.tsx';

/** Each alert with the runbook that it sends people to: its parts, its commands, its gaps. */
export function RunbooksScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(runbooksQuery(launch));
  return data ? <Runbooks view={data} failed={failed} /> : null;
}

function Runbooks({ view, failed }: ScreenProps<RunbooksView>) {
  const { launch, runbooks, unled, undeclared, moreUndeclared } = view;
  const [{ read, alert }, setState] = useQueryStates({ read: parseAsString, alert: parseAsString });
  useKeys({
    j: () => focusAlong('.runbook-toggle', 1),
    k: () => focusAlong('.runbook-toggle', -1),
    escape: () => void setState({ read: null, alert: null }),
  });
  return (
    <Screen view={view} failed={failed}>
      <ScreenHead
        view={view}
        sources={view.sources}
        acts={<CheckAgain launch={launch.id} items={view.items} />}
      >
        <span>
          Candidate <code>{launch.candidate?.commit.slice(0, 12) ?? 'none'}</code>
        </span>
      </ScreenHead>
      {runbooks.length === 0 ? (
        <p className="mt-4 text-ink-2">
          Write <code>runbooks</code> with their <code>alerts</code> in the spec, and give an item a check of
          the kind <code>runbook</code>.
        </p>
      ) : null}
      {runbooks.map((one) => (
        <RunbookSection
          key={one.id}
          launch={launch}
          runbook={one}
          chosen={alert}
          isOpen={read === one.id}
          onToggle={() => void setState({ read: read === one.id ? null : one.id })}
        />
      ))}
      {unled.length === 0 ? null : (
        <Others title="Alerts without a runbook" says="The spec declares them, and no runbook names them.">
          <AlertList launch={launch.id} label="Alerts without a runbook" alerts={unled} chosen={alert} />
        </Others>
      )}
      {undeclared.length === 0 ? null : (
        <Others title="Loaded, and not in the spec" says="They wake people too, and no runbook is known.">
          <AlertList
            launch={launch.id}
            label="Alerts that the spec does not know"
            alerts={undeclared}
            chosen={alert}
          />
          {moreUndeclared > 0 ? <p className="note">{`${moreUndeclared} more.`}</p> : null}
        </Others>
      )}
    </Screen>
  );
}

interface OthersProps {
  readonly title: string;
  readonly says: string;
  readonly children: React.ReactNode;
}

function Others({ title, says, children }: OthersProps) {
  return (
    <section className="block-line" aria-label={title}>
      <div className="section-head">
        <h2 className="heading">{title}</h2>
        <span className="text-ink-3">{says}</span>
      </div>
      {children}
    </section>
  );
}
