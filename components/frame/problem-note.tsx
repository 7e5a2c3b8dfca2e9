import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { Fault, Problem } from '#lib/domain/problem.ts';

/** A refusal: what happened, what to do, and where in the document it is. */
export function ProblemNote({ problem }: { readonly problem: Problem }) {
  return (
    <div role="alert" className="mt-3">
      <div className="strip">
        <Shape of="fail" size="small" />
        <p className="min-w-0 flex-1">
          <b className="font-medium">{problem.message}</b>
          {problem.remedy ? <span className="text-ink-2"> {problem.remedy}</span> : null}
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
            {fault.path ? <code>{fault.path}</code> : null} {fault.message}
            {fault.remedy ? <span className="block text-ink-2">{fault.remedy}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
