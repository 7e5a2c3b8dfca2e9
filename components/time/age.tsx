'use client';

import { useNow, useZone } from './clock.ts';
import { formatAge, formatExact, formatMoment, formatUntil } from './format.ts';

interface Props {
  readonly at: string;
  readonly className?: string;
}

/** How old an instant is, ticking; the exact instant on hover. */
export function Age({ at, className }: Props) {
  const text = useNow((nowMs) => formatAge(at, nowMs));
  const zone = useZone();
  return (
    <time dateTime={at} title={formatExact(at, zone)} className={className}>
      {text}
    </time>
  );
}

/** When it was, in the reader's zone: "today 07:52", "19 Nov 19:58". */
export function Moment({ at, className }: Props) {
  const zone = useZone();
  const text = useNow((nowMs) => formatMoment(at, nowMs, zone));
  return (
    <time dateTime={at} title={formatExact(at, zone)} className={className}>
      {text}
    </time>
  );
}

/** What is left until an instant, or how long it is past: "in 8 d", "6 h ago". */
export function Until({ at, className }: Props) {
  const text = useNow((nowMs) => formatUntil(at, nowMs));
  const zone = useZone();
  return (
    <time dateTime={at} title={formatExact(at, zone)} className={className}>
      {text}
    </time>
  );
}

/** The exact instant, written out: for paper, where ages stand still. */
export function Exact({ at }: Props) {
  const zone = useZone();
  return <time dateTime={at}>{formatExact(at, zone)}</time>;
}
