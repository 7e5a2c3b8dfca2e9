'use client';

import { CheckAgain } from '#components/frame/check-again.tsx';
import { Screen, type ScreenProps } from '#components/frame/screen.tsx';
import { ScreenHead } from '#components/frame/screen-head.tsx';
import { useView } from '#components/live/use-view.ts';
import type { CiView } from '#lib/domain/ci-view.ts';
import { ciQuery } from '#lib/queries/views.ts';
import { Gate } from './gate.tsx';
import { Legend } from './legend.tsx';

/** Runs by strides, newest first, for every workflow that an item rests on. */
export function CiScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(ciQuery(launch));
  return data ? <Ci view={data} failed={failed} /> : null;
}

function Ci({ view, failed }: ScreenProps<CiView>) {
  const { launch, gates } = view;
  return (
    <Screen view={view} failed={failed}>
      <ScreenHead
        view={view}
        acts={<CheckAgain launch={launch.id} items={gates.map(({ item }) => item.id)} />}
      >
        <span>
          Candidate <code>{launch.candidate?.commit.slice(0, 12) ?? 'none'}</code>
        </span>
      </ScreenHead>
      {gates.length === 0 ? (
        <p className="mt-4 text-ink-2">
          Give an item a check of the kind <code>ci-run</code>, and a source of the kind <code>github</code>{' '}
          or <code>gitlab</code>, in the spec.
        </p>
      ) : (
        <>
          {gates.map((gate) => (
            <Gate key={`${gate.item.id} ${gate.check}`} launch={launch.id} gate={gate} said={view.sentence} />
          ))}
          <Legend />
        </>
      )}
    </Screen>
  );
}
