import { Prose } from '#components/ui/prose.tsx';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { Fault, Problem } from '#lib/domain/problem.ts';

/** What was asked for is refused further down than where it was asked: the answer comes into sight, once. */
const show = (note: HTMLElement | null): void => note?.scrollIntoView({ block: 'nearest' });

/** A refusal: what happened, what to do, and where in the document it is. */
export function ProblemNote({ problem }: { readonly problem: Problem }) {
  return (
    <div role="alert" className="mt-3" ref={show}>
      <div className="strip">
        <Shape of="fail" size="small" />
        <p className="min-w-0 flex-1">
          <b className="font-medium">
            <Prose text={problem.message} />
          </b>
          {problem.remedy ? (
            <span className="text-ink-2">
              {' '}
              <Prose text={problem.remedy} />
            </span>
          ) : null}
        </p>
      </div>
      <Faults faults={problem.faults} />
    </div>
  );
}

function Faults({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  const keyed = withKeys(faults, (fault) => `${fault.line}:${fault.column} ${fault.message}`);
  return (
    <ol className="faults">
      {keyed.map(([key, fault]) => (
        <li key={key}>
          <span className="where mono">{`${fault.line}:${fault.column}`}</span>
          <span className="min-w-0 wrap-anywhere">
            <Prose text={fault.message} />
            {fault.path ? <code className="ml-2 text-ink-3">{fault.path}</code> : null}
            {fault.remedy ? (
              <span className="block text-ink-2">
                <Prose text={fault.remedy} />
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
