'use client';

import { useRouter } from 'next/navigation';
import { useKeys } from '#components/keys/bindings.ts';
import { BehindStrip } from '#components/live/behind-strip.tsx';
import { useView } from '#components/live/use-view.ts';
import { copyText } from '#components/ui/copy.ts';
import { Prose } from '#components/ui/prose.tsx';
import { verdictOrder } from '#components/verdict/states.ts';
import { wordOf } from '#components/verdict/words.ts';
import type { CheckView, ItemView } from '#lib/domain/view.ts';
import { itemQuery } from '#lib/queries/views.ts';
import { CheckSection } from './check-section.tsx';
import { ItemHead } from './item-head.tsx';
import { RestsOn } from './rests-on.tsx';
import { SignOff } from './sign-off.tsx';
import { useCheckItem } from './use-check-item.ts';

interface Props {
  readonly launch: string;
  readonly item: string;
}

/** One item: why it is what it is, how to turn it green, and the evidence. */
export function ItemScreen({ launch, item }: Props) {
  const { data, failed } = useView(itemQuery(launch, item));
  return data ? <Item view={data} failed={failed} /> : null;
}

interface ItemProps {
  readonly view: ItemView;
  readonly failed: Parameters<typeof BehindStrip>[0]['failed'];
}

function Item({ view, failed }: ItemProps) {
  const { launch, row, checks, neighbours } = view;
  const router = useRouter();
  const { asking, ask } = useCheckItem(launch.id, view);
  const base = `/launches/${launch.id}`;
  const go = (id: string | null) => id !== null && router.push(`${base}/items/${id}`);
  useKeys({
    j: () => go(neighbours.next),
    k: () => go(neighbours.previous),
    r: () => void ask(),
    l: () => void copyText(location.href, 'Link'),
    escape: () => router.push(base),
  });
  const decides = decidingOf(checks);
  const ordered = decides ? [decides, ...checks.filter((check) => check !== decides)] : checks;
  return (
    <main id="main" className="page">
      <title>{`${wordOf(row.state)}: ${row.title} · ${launch.title}`}</title>
      <BehindStrip failed={failed} />
      <ItemHead view={view} decides={decides} asking={asking} ask={() => void ask()} />
      <div className="columns">
        <div>
          <WhyAndHow view={view} decides={decides} />
          {ordered.map((check) => (
            <CheckSection
              key={check.id}
              launch={launch.id}
              item={row.id}
              title={row.title}
              check={check}
              at={view.at}
              decides={check === decides}
              isOpen={check === decides || check.verdict !== 'pass'}
            />
          ))}
          {checks.length === 0 ? (
            <p className="block-line text-ink-2">
              This item has no check, so nothing can speak for it: give it one in the spec.
            </p>
          ) : null}
        </div>
        <aside className="rail" aria-label="Sign-off and what it rests on">
          <SignOff rules={view.signOff} />
          <RestsOn view={view} />
        </aside>
      </div>
    </main>
  );
}

/** The first of the worst, as the board's row has it. */
function decidingOf(checks: readonly CheckView[]): CheckView | null {
  const worst = verdictOrder.find((one) => checks.some(({ verdict }) => verdict === one));
  const failing = checks.find((check) => check.failing !== null);
  if (worst === 'pass' && failing) return failing;
  return checks.find(({ verdict }) => verdict === worst) ?? null;
}

function WhyAndHow({ view, decides }: { readonly view: ItemView; readonly decides: CheckView | null }) {
  const why = view.why ?? decides?.why ?? null;
  return (
    <section className="block-line two mt-1" aria-label="Why, and how to turn it green">
      <div>
        <h2 className="heading">Why it is asked</h2>
        <p className="mt-1 text-ink-2 text-pretty wrap-anywhere">
          <Prose text={why ?? 'The spec does not say.'} />
        </p>
      </div>
      <div>
        <h2 className="heading">How to turn it green</h2>
        {view.toGreen.length > 0 ? (
          <ol className="steps mt-1">
            {view.toGreen.map((step) => (
              <li key={step}>
                <Prose text={step} />
              </li>
            ))}
          </ol>
        ) : (
          <p className="mt-1 text-ink-2">
            {view.row.state === 'ready' ? (
              'It is green: nothing is to be done.'
            ) : (
              <Prose text={decides?.fix ?? ''} />
            )}
          </p>
        )}
      </div>
    </section>
  );
}
