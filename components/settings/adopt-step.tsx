import { ProblemNote } from '#components/frame/problem-note.tsx';
import { problemOf } from '#lib/queries/api.ts';
import type { useSpecChange } from './use-spec-change.ts';

interface Props extends Pick<ReturnType<typeof useSpecChange>, 'look' | 'adopt'> {
  readonly act: string;
  /** What the button says meanwhile. */
  readonly doing: string;
  readonly className: string;
}

/** What comes after a look at a change of a spec: adopting it, and why either went wrong. */
export function AdoptStep({ look, adopt, act, doing, className }: Props) {
  const { data } = look;
  return (
    <>
      {look.error ? <ProblemNote problem={problemOf(look.error)} /> : null}
      {data ? (
        <button
          type="button"
          className={`button button-primary ${className}`}
          aria-disabled={adopt.isPending}
          onClick={() => (adopt.isPending ? undefined : adopt.mutate(data.of))}
        >
          {adopt.isPending ? doing : act}
        </button>
      ) : null}
      {adopt.error ? <ProblemNote problem={problemOf(adopt.error)} /> : null}
    </>
  );
}
