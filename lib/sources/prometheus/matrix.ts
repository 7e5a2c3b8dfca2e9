import { wantsCare } from './escapes.ts';
import type { Point, Series } from './series.ts';

/** A matrix read from its text, with samples that become values only where somebody looks at them. */
export class Matrix {
  readonly series: readonly Series[];
  constructor(series: readonly Series[]) {
    this.series = series;
  }
}

/** As Prometheus's encoder writes an answer without warnings: web/api/v1/json_codec.go, always compact, in this order. */
const head = '{"status":"success","data":{"resultType":"matrix","result":[';
const seriesHead = '{"metric":';
const valuesHead = ',"values":[[';
/** No metric's labels are longer; what claims to be is left to the general reader. */
const mostLabelBytes = 65_536;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const zero = 0x30;

/**
 * Reads a matrix straight from an answer's text: an answer holds a sample for each series and scrape of the window, and
 * making a list of each costs more than everything else that is done with it. Null for whatever is not exactly in the
 * form that Prometheus writes (histograms, warnings, another server's spaces): the general reader takes that.
 */
export function readMatrix(text: string): Matrix | null {
  if (!text.startsWith(head)) return null;
  const samples: Samples = { text, times: [], starts: [], ends: [] };
  const series: Series[] = [];
  for (let index = head.length; ; ) {
    if (!text.startsWith(seriesHead, index)) return null;
    const labelsFrom = index + seriesHead.length;
    const labelsTo = text.indexOf(valuesHead, labelsFrom);
    if (labelsTo < 0 || labelsTo - labelsFrom > mostLabelBytes) return null;
    const labels = readLabels(text.slice(labelsFrom, labelsTo));
    if (labels === null) return null;
    const from = samples.times.length;
    const end = readValues(samples, labelsTo + valuesHead.length - 1);
    if (end < 0) return null;
    series.push(new ScannedSeries(labels, samples, from, samples.times.length));
    if (text.startsWith(',', end)) index = end + 1;
    else
      return /^\]\}\}\s*$/.test(text.slice(end, end + 16)) && text.length <= end + 16
        ? new Matrix(series)
        : null;
  }
}

/** Times in epoch seconds, and where in the text the value of each begins and ends. */
interface Samples {
  readonly text: string;
  readonly times: number[];
  readonly starts: number[];
  readonly ends: number[];
}

function readLabels(text: string): Record<string, string> | null {
  if (wantsCare(text)) return null;
  try {
    const labels: unknown = JSON.parse(text);
    if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return null;
    return Object.values(labels).every((value) => typeof value === 'string')
      ? (labels as Record<string, string>)
      : null;
  } catch {
    return null;
  }
}

/** Reads `[1.5,"2"],[2.5,"3"]]}` from its first bracket; gives the place behind it, or -1 where it is otherwise. */
function readValues({ text, times, starts, ends }: Samples, from: number): number {
  let index = from;
  for (;;) {
    if (text.charCodeAt(index) !== openBracket) return -1;
    // Whole milliseconds divided once are the very double that their decimals stand for.
    let digits = 0;
    let decimals = -1;
    let code = text.charCodeAt(++index);
    const began = index;
    for (; code !== comma; code = text.charCodeAt(++index)) {
      if (code >= zero && code < zero + 10) {
        digits = digits * 10 + code - zero;
        if (decimals >= 0) decimals += 1;
      } else if (code === 0x2e && decimals < 0) decimals = 0;
      else return -1;
    }
    const length = index - began;
    const padded = text.charCodeAt(began) === zero && length > 1 && decimals !== length - 2;
    if (length === 0 || length > 16 || decimals === 0 || padded) return -1;
    if (text.charCodeAt(++index) !== quote) return -1;
    const start = ++index;
    for (code = text.charCodeAt(index); code !== quote; code = text.charCodeAt(++index)) {
      // Numbers, NaN and infinities need no other characters; the end of the text is NaN and stops it too.
      if (!(code >= 0x2b && code < 0x7f) || code === 0x5c) return -1;
    }
    times.push(decimals > 0 ? digits / 10 ** decimals : digits);
    starts.push(start);
    ends.push(index);
    if (text.charCodeAt(++index) !== closeBracket) return -1;
    code = text.charCodeAt(++index);
    if (code === comma) index += 1;
    else return code === closeBracket && text.charCodeAt(index + 1) === 0x7d ? index + 2 : -1;
  }
}

class ScannedSeries implements Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly native = false;
  readonly lastAt: number;
  readonly lastText: string;
  readonly #samples: Samples;
  readonly #from: number;
  readonly #to: number;

  constructor(metric: Readonly<Record<string, string>>, samples: Samples, from: number, to: number) {
    const { __name__: name = '', ...labels } = metric;
    this.name = name;
    this.labels = labels;
    this.#samples = samples;
    this.#from = from;
    this.#to = to;
    this.lastAt = samples.times[to - 1] ?? Number.NEGATIVE_INFINITY;
    this.lastText = this.#textAt(to - 1);
  }

  get points(): readonly Point[] {
    const { times } = this.#samples;
    return times
      .slice(this.#from, this.#to)
      .map((at, index) => [at, this.#textAt(this.#from + index)] as const);
  }

  line(mostPoints: number): readonly (readonly [number, number])[] {
    const { times } = this.#samples;
    const every = Math.max(1, Math.ceil((this.#to - this.#from) / mostPoints));
    const line: (readonly [number, number])[] = [];
    for (let index = this.#to - 1; index >= this.#from; index -= every) {
      const value = Number(this.#textAt(index));
      if (Number.isFinite(value)) line.push([times[index] ?? 0, value]);
    }
    return line.reverse();
  }

  #textAt(index: number): string {
    return this.#samples.text.slice(this.#samples.starts[index], this.#samples.ends[index]);
  }
}
