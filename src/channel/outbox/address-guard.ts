/**
 * Prevents webhooks from reaching internal addresses through us (SSRF): the database's host, a
 * router, cloud metadata. The check happens in the connection's own DNS look-up, so that the
 * address cannot change in between.
 */
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PrivateAddress } from './failure.js';

/** All public IPv6 addresses are in 2000::/3. `::127.0.0.1` is outside of it, although no range lists that address. */
const publicV6 = ipaddr.parseCIDR('2000::/3');

function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(publicV6);
}

/** A literal address gets no DNS look-up, so it is checked here. @throws {PrivateAddress} */
export function assertPublicHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublic(host)) throw new PrivateAddress();
}

export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address)))
      return callback(new PrivateAddress(), []);
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
