import { BlockList, isIP } from 'node:net';

/**
 * Whether a network address is one of a list; an empty one has them all. However it is written: an IPv4 address that
 * came over an IPv6 socket is the same, and so are two spellings of one IPv6 address.
 */
export function mayComeFrom(listed: readonly string[], address: string): boolean {
  if (listed.length === 0) return true;
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const each of listed) {
    const of = isIP(each);
    if (of !== 0) list.addAddress(each, of === 4 ? 'ipv4' : 'ipv6');
  }
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
