import { isIPv6 } from 'node:net';

/**
 * The address, for IPv4; for IPv6 the /56 around it, which is what one subscriber gets: each attempt could come from
 * another address of it.
 */
export function clientNetwork(ip: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip) ?? [];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [a, b, c, d = 0] = groupsOf(ip);
  return `${[a, b, c, d & 0xff00].map((group) => Number(group).toString(16)).join(':')}::/56`;
}

/** The groups of an IPv6 address, `::` filled in. */
function groupsOf(address: string): number[] {
  const [front = [], back = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...zeros, ...back].map((group) => Number.parseInt(group, 16));
}
