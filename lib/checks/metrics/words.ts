const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A length of time in words, truncated: `40 s`, `1 min`, `90 s`, `26 h`, `15 d`. */
export function spanWords(ms: number): string {
  if (ms < 1000) return `${Math.trunc(ms)} ms`;
  if (ms >= 48 * hourMs) return `${Math.trunc(ms / (24 * hourMs))} d`;
  if (ms >= 2 * hourMs || ms % hourMs === 0) return `${Math.trunc(ms / hourMs)} h`;
  if (ms >= 2 * minuteMs || ms % minuteMs === 0) return `${Math.trunc(ms / minuteMs)} min`;
  return `${Math.trunc(ms / 1000)} s`;
}

/** An instant in words: `2026-11-23 08:06:12 UTC`. */
export function instantWords(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/**
 * What cannot be seen, turns what stands around it, or cannot be told from a plain hyphen: controls, format marks, lone
 * surrogates, odd spaces, U+2010 and U+2011.
 */
export const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u2000-\u200a\u2010\u2011\u3000\u115f\u1160\u3164\uffa0]/gu;

/** Cyrillic and Greek letters drawn as Latin ones are, and the full-width forms of those (of Unicode TS #39’s confusables). */
const alike =
  /[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0422\u0425\u04ae\u03bd\u03bf\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\uff21-\uff3a\uff41-\uff5a]/gu;

/** A character by its number: `\\u{202E}`. */
export const codePoint = (mark: string): string =>
  `\\u{${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;

/**
 * Text from a source as it can be shown in a sentence: marks that cannot be seen stand as their code points, and so do
 * letters that pass for Latin ones among these. A word that is wholly of another script stays as it is.
 */
export function shown(text: string, most = 80): string {
  const visible = text
    .replace(/[\p{L}\p{N}_]+/gu, (word) => (/[A-Za-z]/.test(word) ? word.replace(alike, codePoint) : word))
    .replace(unseen, codePoint);
  return visible.length > most ? `${visible.slice(0, most - 1)}…` : visible;
}

/** `“a”, “b” and 3 more`. */
export function listWords(values: readonly string[], most = 3): string {
  const named = values.slice(0, values.length === most + 1 ? most + 1 : most);
  const rest = values.length - named.length;
  const words = named.map((value) => `“${shown(value)}”`);
  if (rest > 0) return `${words.join(', ')} and ${rest} more`;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `1 series`, `3 targets`: with the plural as given, or with an s. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A share in whole percent, truncated: 999 of 1000 is 99. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.trunc((part * 100) / whole);
}

/** Decimals that say something: behind the point, or behind the zeros that a small number begins with. */
const mostDecimals = 3;

/**
 * A number as people read it: at most three decimals that say something, cut and not rounded up (but for a double's own
 * noise). Where the cut number would not do (it would stand on the other side of a bound), it gets as many as it needs.
 */
export function numberWords(measured: number, willDo: (cut: number) => boolean = () => true): string {
  const value = Number.isFinite(measured) ? Number(measured.toPrecision(12)) : measured;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Number.isInteger(value) && willDo(value)) return String(value);
  const zeros = value === 0 ? 0 : Math.max(0, -Math.floor(Math.log10(Math.abs(value))) - 1);
  for (let decimals = zeros + mostDecimals; decimals <= zeros + 12; decimals += 1) {
    const cut = cutAt(value, decimals);
    if (cut !== 0 && willDo(cut)) return String(cut);
  }
  return String(willDo(value) ? value : measured);
}

/** Cuts in decimal, where binary would lose a digit: 1.005 times 1000 is 1004.99…. */
function cutAt(value: number, decimals: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const kept = Math.max(0, decimals + Number(exponent));
  return Number(`${whole}.${fraction.slice(0, kept)}e${exponent}`);
}
