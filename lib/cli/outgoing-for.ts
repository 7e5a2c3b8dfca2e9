import type { Outgoing } from '#lib/domain/outgoing.ts';
import { environment, targetText } from '#lib/server/env.ts';
import { ownAddresses } from '#lib/server/outgoing/address.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';

/** The way out for one command: whoever types it names the addresses, and that is the allowance. */
export function outgoingFor(addresses: readonly string[]): Outgoing & { close(): Promise<void> } {
  const hosts = addresses.flatMap((address) => (URL.canParse(address) ? new URL(address).hostname : []));
  const named = hosts.filter((host) => host !== '').map((host) => host.replace(/^\[|\]$/g, ''));
  const plainTokens = environment().allowPlainTokens.map(targetText);
  return createOutgoing({ allow: [...ownAddresses, ...named], plainTokens });
}
