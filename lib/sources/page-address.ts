import { type Answer, failed } from './repository/failure.ts';

/** Reads the address of a project's page at a vendor, as far as all vendors take it; else `refused` says why. */
export function pageUrl(
  address: string,
  vendor: string,
  refused: (why: string) => Answer<never>,
): Answer<URL> {
  if (!URL.canParse(address)) return refused('it is not a valid URL');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return refused('it holds a user name or password');
  if (url.search !== '' || url.hash !== '') return refused('it goes on after ? or #');
  const { hostname, protocol } = url;
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    return refused(`only https is spoken to ${vendor}; write https://`);
  return { ok: true, value: url };
}

/** Says of which address it is, and why it is not used. */
export function addressRefused(whose: string): (why: string) => Answer<never> {
  return (why) => failed('refused', `${whose} address is not used: ${why}.`);
}
