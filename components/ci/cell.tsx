import type { CiCell } from '#lib/domain/ci-view.ts';

/** What each cell says, in words. */
export const cellWords: Readonly<Record<CiCell, string>> = {
  passed: 'passed',
  flaky: 'flaky: passed on a later attempt',
  failed: 'failed',
  skipped: 'skipped: does not count',
  'under-way': 'under way',
  stopped: 'cancelled or stopped: does not count',
  'may-fail': 'may fail: cannot be shown to have passed',
  'not-run': 'not run',
};

/** One run of one stride. Each has a mark of its own: colour is its second signal. */
export function Cell({ of }: { readonly of: CiCell }) {
  return (
    <span className={`ci-cell ci-${of}`} role="img" aria-label={cellWords[of]}>
      <svg viewBox="0 0 24 12" aria-hidden="true">
        <Mark of={of} />
      </svg>
    </span>
  );
}

function Mark({ of }: { readonly of: CiCell }) {
  switch (of) {
    case 'passed':
      return <path d="M8.5 6.2l2.4 2.4 4.6-5" />;
    case 'flaky':
      return <path d="M3.5 3.8l4.4 4.4M7.9 3.8L3.5 8.2M13.5 6.2l2.2 2.2 4.4-4.8" />;
    case 'failed':
      return <path d="M9.5 3.5l5 5M14.5 3.5l-5 5" />;
    case 'skipped':
      return <path d="M9 6h6" />;
    case 'under-way':
      return <circle cx="12" cy="6" r="3.4" strokeDasharray="2 1.6" />;
    case 'stopped':
      return <path d="M9.5 3.5h5v5h-5z" />;
    case 'may-fail':
      return <path d="M12 1.6L16.4 6 12 10.4 7.6 6zM12 5.4v1.2" />;
    case 'not-run':
      return <circle cx="12" cy="6" r="0.6" />;
  }
}
