import type { Json } from '#lib/domain/json.ts';
import { redactedMark } from '#lib/domain/observations/endpoint.ts';

/** Last words of a key whose value is a secret. A bare `seed` or `key` is too often public to be one. */
const secretWord =
  /^(token|secret|password|passwd|passphrase|authorization|credential|cookie|mnemonic|apikey|jwt)s?$/;
const secretPair = /^((api|private|access|signing|encryption|auth|session) key|session id|seed phrase)s?$/;

function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** True for `accessToken`, `client_secret`, `X-Api-Key`; false for `token_supply` and `tokenSymbol`. */
export function isSecretKey(key: string): boolean {
  const words = wordsOf(key);
  return secretWord.test(words.at(-1) ?? '') || secretPair.test(words.slice(-2).join(' '));
}

const secretTexts: readonly RegExp[] = [
  /\b(bearer|basic)\s+(?=\S*[\d=])[\w.~+/=-]{16,}/gi,
  /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, // JSON Web Token
  /(?<![\w-])(gh[pousr]_|github_pat_|glpat-|glsa_|xox[abprs]-|sk_live_)[\w-]{16,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}(?=@)/g, // name and password in a URL
  /(?<=[?&](?:access_token|token|api_key|apikey|key|secret|password|signature)=)[^&#\s]+/gi,
];

/** A long run of mixed letters and digits is taken for a credential; hexadecimal (hashes, commits) is not. */
function looksRandom(run: string): boolean {
  const digits = run.replace(/\D/g, '').length;
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && digits >= 5 && !/^(0x)?[\da-fA-F]+$/.test(run);
}

/** Text with the secrets in it replaced by the mark. */
export function redactText(text: string): string {
  let clean = text;
  for (const pattern of secretTexts) clean = clean.replace(pattern, redactedMark);
  return clean.replace(/[\w+/=-]{64,}/g, (run) => (looksRandom(run) ? redactedMark : run));
}

/** Under a secret key every text and number goes; what is left shows only the shape. */
function redactAll(value: Json): Json {
  if (typeof value === 'string' || typeof value === 'number') return redactedMark;
  if (value === null || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(redactAll);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactAll(member)]));
}

/**
 * A body without its secrets: values under keys that name one, and texts that look like one. Numbers under a key
 * like `tokens` stay: on a blockchain they are amounts. Expects nesting within what `parseJsonAnswer` lets through.
 */
export function redact(value: Json): Json {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(redact);
  const members = Object.entries(value).map(([key, member]): [string, Json] => {
    if (!isSecretKey(key)) return [redactText(key), redact(member)];
    const amount = typeof member === 'number' && /tokens?$/i.test(key);
    return [key, amount ? member : redactAll(member)];
  });
  return Object.fromEntries(members);
}
