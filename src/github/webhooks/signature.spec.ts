import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSigned } from './signature.js';

const sha256 = (secret: string, body: Buffer) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const secret = fc.string({ minLength: 1 });

describe('a signature', () => {
  it('is GitHub’s own: theirs of their example is taken', () => {
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    expect(isSigned(Buffer.from('Hello, World!'), signature, ["It's a Secret to Everybody"])).toBe(true);
  });

  it('is taken with any of the secrets, and with no other', () => {
    fc.assert(
      fc.property(bytes, fc.uniqueArray(secret, { minLength: 2 }), (body, [other, ...secrets]) => {
        for (const known of secrets) expect(isSigned(body, sha256(known, body), secrets)).toBe(true);
        expect(isSigned(body, sha256(other!, body), secrets)).toBe(false);
        expect(isSigned(body, sha256(other!, body), [])).toBe(false);
      }),
    );
  });

  it('is of these bytes and no others', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), (body, at) => {
        const other = Buffer.from([...body, 0]);
        other[at % other.length]! ^= 1;
        expect(isSigned(other, sha256('s', body), ['s'])).toBe(false);
      }),
    );
  });

  it.each(['', 'sha256=', `sha1=${'0'.repeat(64)}`, '0'.repeat(64), `sha256=${'G'.repeat(64)}`])(
    'is not %j',
    (header) => expect(isSigned(Buffer.from(''), header, ['s'])).toBe(false),
  );
});
