import type { Asking } from './use-check-item.ts';

/** How far "Check again" has come. It keeps its line, so that nothing below moves. */
export function AskingLine({ of }: { readonly of: Asking }) {
  return (
    <p role="status" className="min-h-[1.125rem] text-meta text-ink-2">
      {textOf(of)}
    </p>
  );
}

function textOf(asking: Asking): string {
  switch (asking.kind) {
    case 'idle':
      return '';
    case 'asking':
      return `Asked: ${asking.answered} of ${plural(asking.asked)} answered …`;
    case 'answered':
      return `Answered: ${plural(asking.asked)} in ${(Math.trunc(asking.tookMs / 100) / 10).toFixed(1)} s.`;
    case 'unanswered':
      return `Within a minute ${asking.answered} of ${plural(asking.asked)} answered. See that the worker runs; the last verdict stands with its age.`;
    case 'refused':
      return asking.message;
  }
}

function plural(count: number): string {
  return count === 1 ? '1 check' : `${count} checks`;
}
