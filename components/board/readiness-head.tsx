import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import { stateOrder } from '#components/verdict/states.ts';
import { wordInSentence } from '#components/verdict/words.ts';
import type { BoardView } from '#lib/domain/view.ts';

const shapeOf = { 'not-ready': 'fail', 'cannot-tell': 'unknown', 'ready-for-review': 'ready' } as const;

/** What the launch comes to, why, and what that means for the date; then the same as shapes and counts. */
export function ReadinessHead({ board }: { readonly board: BoardView }) {
  const { kind, title, why, date } = board.readiness;
  return (
    <>
      <h1 className="verdict-line">
        <Shape of={shapeOf[kind]} size="large" />
        {title}
      </h1>
      <p className="verdict-why">{why}</p>
      <p className="verdict-why">
        <b>{date.lead}</b>
        {date.rest.startsWith('.') ? date.rest : ` ${date.rest}`}
      </p>
      <Tally board={board} />
      <Counts board={board} />
    </>
  );
}

function Tally({ board }: { readonly board: BoardView }) {
  const { tally } = board;
  const states = ['ready', ...stateOrder.filter((state) => state !== 'ready')] as const;
  const says = states.flatMap((state) => {
    const count = tally.filter((one) => one === state).length;
    return count === 0 ? [] : [`${count} ${wordInSentence(state)}`];
  });
  if (tally.length === 0) return null;
  return (
    <div className="tally" role="img" aria-label={`${tally.length} blockers: ${says.join(', ')}`}>
      {withKeys(tally, String).map(([key, state]) => (
        <Shape key={key} of={state} />
      ))}
    </div>
  );
}

function Counts({ board }: { readonly board: BoardView }) {
  const { readiness, signatures, counts } = board;
  return (
    <dl className="counts">
      <Count term="Blockers ready" value={readiness.ready}>
        of {readiness.blockers}, {readiness.percent} %
      </Count>
      {signatures.enforced ? (
        <Count term="Signatures in force" value={signatures.inForce}>
          of {signatures.inForce + signatures.due}
        </Count>
      ) : (
        <Count term="Signatures due" value={signatures.due}>
          not signed here yet
        </Count>
      )}
      <Count term="Unknown" value={counts.unknown} />
      <Count term="Stale" value={counts.stale} />
      <Count term="Claimed" value={counts.claimed} />
    </dl>
  );
}

interface CountProps {
  readonly term: string;
  readonly value: number;
  readonly children?: React.ReactNode;
}

function Count({ term, value, children }: CountProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {value} {children ? <small>{children}</small> : null}
      </dd>
    </div>
  );
}
