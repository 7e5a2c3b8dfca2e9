import type { HistorySpan } from '#lib/domain/view.ts';

interface DrawnSpan {
  readonly span: HistorySpan;
  /** Its share of the whole, 0 to 1. */
  readonly share: number;
  /** Wide enough for its word. */
  readonly named: boolean;
}

/** Room for a word: a tenth of the strip. */
const wordShare = 0.1;

/** Spans with their true shares of the time they cover; the strip keeps each at 6 px or more. Pure. */
export function drawSpans(spans: readonly HistorySpan[]): readonly DrawnSpan[] {
  const lengths = spans.map(({ from, to }) => Math.max(0, Date.parse(to) - Date.parse(from)));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  return spans.map((span, at) => {
    const share = whole === 0 ? 1 / spans.length : (lengths[at] ?? 0) / whole;
    return { span, share, named: share >= wordShare };
  });
}
