'use client';

import { useKeys } from '#components/keys/bindings.ts';
import { BehindStrip } from '#components/live/behind-strip.tsx';
import { useView } from '#components/live/use-view.ts';
import { notify } from '#components/ui/notice.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { CiView } from '#lib/domain/ci-view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { requestCheck } from '#lib/queries/verbs.ts';
import { ciQuery } from '#lib/queries/views.ts';
import { Gate } from './gate.tsx';
import { Legend } from './legend.tsx';

/** Runs by strides, newest first, for every workflow that an item rests on. */
export function CiScreen({ launch }: { readonly launch: string }) {
  const { data, failed } = useView(ciQuery(launch));
  return data ? <Ci view={data} failed={failed} /> : null;
}

interface Props {
  readonly view: CiView;
  readonly failed: Parameters<typeof BehindStrip>[0]['failed'];
}

function Ci({ view, failed }: Props) {
  const { launch, gates } = view;
  const check = (): void => void checkGates(view);
  useKeys({ r: check });
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
            aria-disabled={gates.length === 0}
            onClick={gates.length === 0 ? undefined : check}
          >
            Check again <kbd>R</kbd>
          </button>
        </div>
        <p className="lede">{view.sentence}</p>
        <div className="meta">
          <span>
            Candidate <code>{launch.candidate?.commit.slice(0, 12) ?? 'none'}</code>
          </span>
        </div>
      </div>
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
    </main>
  );
}

/** Asks each item with a workflow; news of what it brought comes by the live stream. */
async function checkGates({ launch, gates }: CiView): Promise<void> {
  const items = [...new Set(gates.map(({ item }) => item.id))];
  try {
    const asked = await Promise.all(items.map((item) => requestCheck(launch.id, { item })));
    const checks = asked.reduce((sum, { requested }) => sum + requested, 0);
    notify(`${checks} checks asked; what changes shows here by itself.`);
  } catch (error) {
    notify(`Not asked: ${problemOf(error).message}`);
  }
}
