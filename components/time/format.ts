const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in its largest fitting unit, truncated: "12 s", "4 min", "26 h", "9 d". Days from 48 h on. */
export function formatSpan(spanMs: number): string {
  const ms = Math.max(0, spanMs);
  if (ms < minuteMs) return `${Math.trunc(ms / secondMs)} s`;
  if (ms < hourMs) return `${Math.trunc(ms / minuteMs)} min`;
  if (ms < 2 * dayMs) return `${Math.trunc(ms / hourMs)} h`;
  return `${Math.trunc(ms / dayMs)} d`;
}

/** How long something took, in its two largest units, truncated: "12 s", "4 min 2 s", "1 h 3 min". */
export function formatTook(tookMs: number): string {
  const seconds = Math.trunc(Math.max(0, tookMs) / secondMs);
  const [hours, minutes] = [Math.trunc(seconds / 3600), Math.trunc(seconds / 60) % 60];
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  if (minutes === 0) return `${seconds} s`;
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** A length of work: "45 min", "3 h", "3 h 30 min". */
export function formatWork(workMs: number): string {
  const minutes = Math.trunc(workMs / minuteMs);
  const hours = Math.trunc(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** How long ago an instant was, or "0 s" for one to come (clocks differ). */
export function formatAge(at: string, nowMs: number): string {
  return formatSpan(nowMs - Date.parse(at));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

/** "28 Nov" in a zone. */
export function formatDay(atMs: number, zone: string): string {
  return formatOf(zone, { day: 'numeric', month: 'short' }).format(atMs);
}

/** "08:10" in a zone. */
export function formatClock(atMs: number, zone: string): string {
  return formatOf(zone, { hour: '2-digit', minute: '2-digit' }).format(atMs);
}

/** "08:10:12" in a zone. */
export function formatClockSeconds(atMs: number, zone: string): string {
  return formatOf(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(atMs);
}

/** "today 07:52", "19 Nov 19:58", with the year where it is another. */
export function formatMoment(at: string, nowMs: number, zone: string): string {
  const atMs = Date.parse(at);
  const day = formatDay(atMs, zone);
  const clock = formatClock(atMs, zone);
  const year = formatOf(zone, { year: 'numeric' });
  if (year.format(atMs) !== year.format(nowMs)) return `${day} ${year.format(atMs)}`;
  return day === formatDay(nowMs, zone) ? `today ${clock}` : `${day} ${clock}`;
}

/** The exact instant for hovering and for reading aloud: "23 Nov 2026, 08:10:12 UTC". */
export function formatExact(at: string, zone: string): string {
  return formatOf(zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(Date.parse(at));
}

/** What is left until an instant: "in 8 d", or "6 h ago". */
export function formatUntil(at: string, nowMs: number): string {
  const leftMs = Date.parse(at) - nowMs;
  return leftMs >= 0 ? `in ${formatSpan(leftMs)}` : `${formatSpan(-leftMs)} ago`;
}
