import type { Problem } from '#lib/domain/problem.ts';
import type { Spec } from '#lib/domain/spec.ts';
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
    const fault =
      address.length <= 2000 && isPlain(address)
        ? addressFault(source.kind, address)
        : { message: 'It is longer than 2 000 characters, or holds what cannot be seen.', remedy: null };
    if (!fault) continue;
    const message = `The address given for the source “${id}” is not used: ${fault.message}`;
    return refusal('invalid-input', message, fault.remedy).problem;
  }
  return null;
}

/** Whether a text holds nothing that a reader cannot see. */
export function isPlain(text: string): boolean {
  return text.isWellFormed() && unseenCharacter(text) === null;
}
