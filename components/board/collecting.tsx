import type { BoardView } from '#lib/domain/view.ts';

/** The first collection, while it is under way: true progress, in checks looked at. */
export function Collecting({ of }: { readonly of: NonNullable<BoardView['collecting']> }) {
  const percent = of.total === 0 ? 0 : Math.trunc((100 * of.done) / of.total);
  return (
    <div className="mt-5">
      <p className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <b className="font-medium">Collecting for the first time</b>
        <span className="text-ink-3">
          {of.done} of {of.total} checks looked at; what is not yet looked at is unknown.
        </span>
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label="Collecting for the first time"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
