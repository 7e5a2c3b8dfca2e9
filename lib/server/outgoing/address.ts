import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/** Loopback is always allowed: until people can sign in, only this machine's people name addresses. */
export const ownAddresses = ['localhost', '127.0.0.0/8', '::1'];

/** Hosts, addresses and networks that an administrator allows besides public ones. */
export interface AllowList {
  readonly hosts: ReadonlySet<string>;
  readonly networks: readonly (readonly [Ip, number])[];
}

export type AllowListResult =
  | { readonly ok: true; readonly list: AllowList }
  | { readonly ok: false; readonly message: string };

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/** Reads the administrator's list: host names, addresses, CIDR networks. Says which entry is none of these. */
export function parseAllowList(entries: readonly string[]): AllowListResult {
  const hosts = new Set<string>();
  const networks: [Ip, number][] = [];
  for (const entry of entries) {
    const text = entry
      .trim()
      .toLowerCase()
      .replace(/^\[(.*)\]$/, '$1');
    if (isIP(text) !== 0) {
      const ip = ipaddr.parse(text);
      networks.push([ip, ip.kind() === 'ipv4' ? 32 : 128]);
    } else if (
      text.includes('/') &&
      isIP(text.slice(0, text.indexOf('/'))) !== 0 &&
      ipaddr.isValidCIDR(text)
    ) {
      networks.push(ipaddr.parseCIDR(text));
    } else if (hostName.test(text)) {
      hosts.add(text);
    } else {
      return {
        ok: false,
        message: `“${entry}” in the allow-list is no host name, address or network; write e.g. prometheus.internal, 10.1.2.3 or 10.1.0.0/16.`,
      };
    }
  }
  return { ok: true, list: { hosts, networks } };
}

/** Addresses that hand out a machine's credentials and lie outside the link-local ranges. */
const metadataAddresses: ReadonlySet<string> = new Set([
  'fd00:ec2::254', // AWS
  'fd20:ce::254', // Google Cloud
  '100.100.100.200', // Alibaba Cloud
  '168.63.129.16', // Azure
  '192.0.0.192', // Oracle Cloud
]);

const neverRanges: ReadonlySet<string> = new Set([
  'linkLocal',
  'unspecified',
  'multicast',
  'broadcast',
  'teredo',
]);

const localNat64 = ipaddr.parseCIDR('64:ff9b:1::/48');

function fromParts(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
}

/** The IPv4 address that an IPv6 one leads to (mapped, translated, 6to4, compatible), else the address itself. */
function innermost(ip: Ip): Ip {
  if (ip instanceof ipaddr.IPv4) return ip;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, high = 0, low = 0] = ip.parts;
  const range = ip.range();
  if (range === 'ipv4Mapped' || range === 'rfc6145' || range === 'rfc6052') return fromParts(high, low);
  if (range === '6to4') return fromParts(b, c);
  const compatible = (a | b | c | d | e | f) === 0 && (high !== 0 || low > 1);
  return compatible ? fromParts(high, low) : ip;
}

/** What an address is: `open` to all, `listed` (only if allow-listed), `never`; with words for people. */
function judgeAddress(ip: Ip): { readonly reach: 'open' | 'listed' | 'never'; readonly words: string } {
  const range = ip.range();
  if (metadataAddresses.has(ip.toString())) return { reach: 'never', words: 'a cloud metadata address' };
  if (ip.kind() === 'ipv6' && ip.match(localNat64)) return { reach: 'never', words: 'a translated address' };
  if (neverRanges.has(range)) {
    const words =
      range === 'linkLocal'
        ? 'a link-local address (where clouds keep metadata)'
        : `an address of kind ${range}`;
    return { reach: 'never', words };
  }
  if (range === 'unicast') return { reach: 'open', words: 'a public address' };
  if (range === 'loopback') return { reach: 'listed', words: 'this machine itself (loopback)' };
  return { reach: 'listed', words: range === 'reserved' ? 'a reserved address' : 'a private address' };
}

/** True for a host that names this machine: nothing travels on the way to it. */
export function isThisMachine(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || (isIP(bare) !== 0 && ipaddr.parse(bare).range() === 'loopback');
}

/** Why a host that is written as an address is never read, whatever the allow-list says; null for any other. */
export function whyNever(host: string): string | null {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 0) return null;
  const given = ipaddr.parse(bare);
  for (const candidate of [given, innermost(given)]) {
    const { reach, words } = judgeAddress(candidate);
    if (reach === 'never')
      return `${bare} is ${words}: sources are never read from there, whatever the allow-list says.`;
  }
  return null;
}

/**
 * Whether a connection to this resolved address may be made. `host` is the name in the URL: a name on the
 * allow-list opens private addresses for itself. Returns null when it may, else why not.
 */
export function whyRefused(address: string, host: string, allow: AllowList): string | null {
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 0) return `${address} is not an address.`;
  const never = whyNever(bare);
  if (never) return never;
  const ip = innermost(ipaddr.parse(bare));
  const { reach, words } = judgeAddress(ip);
  if (reach === 'open') return null;
  if (allow.hosts.has(host.toLowerCase().replace(/\.$/, ''))) return null;
  if (allow.networks.some(([network, bits]) => network.kind() === ip.kind() && ip.match(network, bits)))
    return null;
  return `${bare} is ${words} that the allow-list (BIG_GREEN_ALLOW) does not hold: add it there if it is meant.`;
}
