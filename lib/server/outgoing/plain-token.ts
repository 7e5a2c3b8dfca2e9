import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { type AllowList, isThisMachine } from './address.ts';

/**
 * Why a token may not be sent to a URL, after “its token …”; null where it may: over https, within this machine, and
 * over plain http to a host, or an address written as such, that an administrator names.
 */
export function whyNoToken(url: URL, { hosts, networks }: AllowList): string | null {
  if (url.protocol !== 'http:' || isThisMachine(url.hostname)) return null;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (hosts.has(host.replace(/\.$/, ''))) return null;
  if (isIP(host) !== 0) {
    const ip = ipaddr.parse(host);
    if (networks.some(([network, bits]) => network.kind() === ip.kind() && ip.match(network, bits)))
      return null;
  }
  return `would go over plain http to ${host}, where anyone on the way can read it: give the source an https address, or name ${host} in BIG_GREEN_ALLOW_PLAIN_TOKENS where that way is safe.`;
}
