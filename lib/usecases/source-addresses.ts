import { digestOf } from '#lib/canonical/digest.ts';
import type { Problem } from '#lib/domain/problem.ts';
import type { SourceKind, Spec } from '#lib/domain/spec.ts';
import { whyNever } from '#lib/server/outgoing/address.ts';
import { readUrl } from '#lib/server/outgoing/url.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { addressFault } from '#lib/spec/address-fault.ts';
import { unseenCharacter } from '#lib/spec/characters.ts';
import { refusal } from './problems.ts';

/**
 * What is wrong with addresses given beside a spec, by source id; null when nothing is. They are held to the rules
 * that the spec's own are held to. Pure.
 */
export function addressesProblem(spec: Spec, addresses: Readonly<Record<string, string>>): Problem | null {
  for (const [id, address] of Object.entries(addresses)) {
    const source = spec.sources.find((one) => one.id === id);
    if (!source) {
      const known = spec.sources.map((one) => one.id).join(', ');
      const remedy = known ? `Its sources are ${known}.` : 'It has no sources at all.';
      return refusal('invalid-input', `The spec has no source “${id}”.`, remedy).problem;
    }
    const fault = addressTrouble(source.kind, address);
    if (!fault) continue;
    const message = `The address given for the source “${id}” is not used: ${fault.message}`;
    return refusal('invalid-input', message, fault.remedy).problem;
  }
  return null;
}

/** Why a source is not asked at an address that was typed, as far as that shows without asking; null for nothing. Pure. */
export function addressTrouble(
  kind: SourceKind,
  address: string,
): { readonly message: string; readonly remedy: string | null } | null {
  if (address.length === 0 || address.length > 2000 || !isPlain(address) || /[\t\r\n]/.test(address)) {
    const message = 'It is empty, longer than 2 000 characters, or holds what cannot be seen.';
    return { message, remedy: null };
  }
  const fault = addressFault(kind, address);
  if (fault || !/^https?:/i.test(address)) return fault;
  const read = readUrl(address);
  const message = read.ok ? whyNever(read.url.hostname) : read.message;
  return message === null ? null : { message, remedy: null };
}

/** What a physical source is known by: its kind and its address. */
export function sourceKey(kind: SourceKind, address: string): string {
  return digestOf({ kind, address }, sha256);
}

/** Whether a text holds nothing that a reader cannot see. */
export function isPlain(text: string): boolean {
  return text.isWellFormed() && unseenCharacter(text) === null;
}
