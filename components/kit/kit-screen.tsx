'use client';

import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { Screen, type ScreenProps } from '#components/frame/screen.tsx';
import { useKeys } from '#components/keys/bindings.ts';
import { focusAlong } from '#components/keys/focus-along.ts';
import { useView } from '#components/live/use-view.ts';
import type { KitView } from '#lib/domain/kit-view.ts';
import { kitQuery } from '#lib/queries/kit.ts';
import { Corrections } from './corrections.tsx';
import { DriftFilter, drifts } from './drift-filter.tsx';
import { KitFileRow } from './kit-file-row.tsx';
import { KitHead } from './kit-head.tsx';

/** The Kit: the files that the spec yields, each beside what the repository has at the candidate and what runs. */
export function KitScreen({ launch }: { readonly launch: string }) {
  const { data, failed, refetch } = useView(kitQuery(launch));
  return data ? <Kit view={data} failed={failed} onAgain={() => void refetch()} /> : null;
}

interface Props extends ScreenProps<KitView> {
  readonly onAgain: () => void;
}

function Kit({ view, failed, onAgain }: Props) {
  const { launch, files, corrections } = view;
  const [opened, setOpened] = useQueryState('file', parseAsString);
  const [show, setShow] = useQueryState('show', parseAsStringLiteral(drifts));
  const shown = files.filter((file) => show === null || file.drift === show);
  useKeys({
    j: () => focusAlong('.kit-name', 1),
    k: () => focusAlong('.kit-name', -1),
    r: onAgain,
    d: () => void setShow(show === 'drifted' ? null : 'drifted'),
    escape: () => void (opened === null ? setShow(null) : setOpened(null)),
  });
  return (
    <Screen view={view} failed={failed}>
      <KitHead view={view} onAgain={onAgain} />
      {files.length === 0 ? null : (
        <>
          <DriftFilter files={files} show={show} setShow={(next) => void setShow(next)} />
          <div className="kit-heads" aria-hidden="true">
            <span>File</span>
            <span>Repository</span>
            <span>What runs</span>
          </div>
          <ul className="kit-files" aria-label="Files of the kit">
            {shown.map((file) => (
              <KitFileRow
                key={file.path}
                launch={launch}
                file={file}
                corrections={corrections.filter((one) => one.files.includes(file.path))}
                isOpen={opened === file.path}
                onToggle={() => void setOpened(opened === file.path ? null : file.path)}
              />
            ))}
          </ul>
        </>
      )}
      {corrections.length === 0 ? null : (
        <section className="block-line" aria-labelledby="put-right">
          <div className="heading-row">
            <h2 id="put-right" className="heading">
              Faults put right
            </h2>
            <span className="text-ink-3">
              {corrections.length} of what stood before; each is noted in the spec
            </span>
          </div>
          <Corrections corrections={corrections} label="Faults put right" />
        </section>
      )}
    </Screen>
  );
}
