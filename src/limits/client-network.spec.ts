import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clientNetwork } from './client-network.js';

describe('the network of a client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2ff:aaaa:bbbb:cccc:dddd', '2001:db8:1:200::/56'],
    ['2001:db8::1', '2001:db8:0:0::/56'],
    ['::1', '0:0:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/56'],
  ])('of %s is %s', (ip, network) => expect(clientNetwork(ip)).toBe(network));

  it('is one for all addresses that share their first 56 bits, in any spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.ipV6(), (bytes, other) => {
        const address = (all: number[]) =>
          Array.from({ length: 8 }, (_, i) => ((all[2 * i]! << 8) | all[2 * i + 1]!).toString(16)).join(':');
        fc.pre(bytes[0] !== 0); // not an IPv4 address in disguise
        const neighbour = [...bytes.slice(0, 7), ...bytes.slice(7).map((byte) => byte ^ 0xff)];
        const stranger = bytes.map((byte, i) => (i === 6 ? byte ^ 1 : byte));
        const network = clientNetwork(address([...bytes]));
        expect(clientNetwork(address(neighbour))).toBe(network);
        expect(clientNetwork(address([...stranger]))).not.toBe(network);
        expect(clientNetwork(other)).toMatch(/^([0-9a-f]{1,4}:){3}[0-9a-f]{1,4}::\/56$|^\d+\.\d+\.\d+\.\d+$/);
      }),
    );
  });
});
