'use client';

import { Age } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import type { RunsView } from '#lib/domain/drift.ts';
import type { KitFileView } from '#lib/domain/kit-view.ts';
import { repositoryWords, runsWords, type StateWord } from './place-words.ts';

/** How a file stands in the repository. */
export function RepositoryPlace({ file }: { readonly file: KitFileView }) {
  return <Place name="the repository" state={repositoryWords[file.state]} fact={file.fact} />;
}

/** How a file stands where it runs: the worst of its places. */
export function RunsPlace({ runs }: { readonly runs: readonly RunsView[] }) {
  const [worst, ...others] = runs;
  if (!worst) return <span className="kit-place text-ink-3">In the repository alone</span>;
  return (
    <Place name={worst.where} isNamed state={runsWords[worst.state]} fact={worst.fact}>
      {worst.seenAt === null ? null : (
        <span className="text-ink-3">
          , seen <Age at={worst.seenAt} /> ago
        </span>
      )}
      {others.length === 0 ? null : <span className="text-ink-3">, and {others.length} more places</span>}
    </Place>
  );
}

interface PlaceProps {
  readonly name: string;
  /** The name is shown always, and not only where no column says it. */
  readonly isNamed?: boolean;
  readonly state: StateWord;
  readonly fact: string;
  readonly children?: React.ReactNode;
}

function Place({ name, isNamed = false, state, fact, children }: PlaceProps) {
  return (
    <span className="kit-place">
      <Shape of={state.of} />
      <span className="min-w-0">
        <span className={`word is-${state.of}`}>{state.word}</span>{' '}
        <span className={isNamed ? 'text-ink-3' : 'kit-place-name'}>in {name}</span>
        <span className="kit-fact">
          {fact}
          {children}
        </span>
      </span>
    </span>
  );
}
