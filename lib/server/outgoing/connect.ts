import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { type AllowList, whyRefused } from './address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Resolves a host name to all its addresses. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** Raised towards undici when the address rules refuse a connection; never leaves this folder. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** The system's own resolver, hosts file included. Rejects with Node's DNS error codes. */
export const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/**
 * Hands the socket only addresses that the rules let through, so what was judged is what is connected to: a name
 * that answers differently the second time is judged again the second time.
 */
function guardedLookup(allow: AllowList, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const refusals = addresses.map(({ address }) => whyRefused(address, host, allow));
        const open = addresses.filter((_, index) => refusals[index] === null);
        const first = open[0];
        if (!first) {
          callback(new AddressRefused(refusals[0] ?? `No address is known for ${host}.`), '', 0);
        } else if (options.all) {
          callback(null, [...open]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** Which sockets had carried an answer before they broke, by the error that undici reports. */
export interface Connections {
  readonly connector: buildConnector.connector;
  /** True when the error came from a connection that had been used before: the server closed it while idle. */
  readonly wasReused: (error: unknown) => boolean;
}

/** Connections that check every address they are made to. */
export function guardedConnections(allow: AllowList, resolve: Resolve): Connections {
  const reused = new WeakMap<object, boolean>();
  const connect = buildConnector({ timeout: 60_000, lookup: guardedLookup(allow, resolve) });
  const connector: buildConnector.connector = (options, callback) => {
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
    const refused = isIP(host) === 0 ? null : whyRefused(host, host, allow);
    if (refused !== null) {
      callback(new AddressRefused(refused), null);
      return;
    }
    connect(options, (...result) => {
      const socket: Socket | null = result[1];
      socket?.on('error', (error) => reused.set(error, socket.bytesRead > 0));
      callback(...result);
    });
  };
  return {
    connector,
    wasReused: (error) => {
      if (typeof error !== 'object' || error === null) return false;
      const atSocket = 'socket' in error ? error.socket : null;
      if (typeof atSocket === 'object' && atSocket !== null && 'bytesRead' in atSocket) {
        return typeof atSocket.bytesRead === 'number' && atSocket.bytesRead > 0;
      }
      return reused.get(error) ?? false;
    },
  };
}
