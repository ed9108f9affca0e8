import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scrub } from './scrub.js';

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const base64url = (minLength: number) =>
  fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189_-'), minLength, maxLength: 80 });

/** Each credential, and the part of it that must not be seen. */
const credentials = fc.oneof(
  fc.tuple(hex(20), hex(64)).map(([id, secret]) => ({ text: `rh_${id}_${secret}`, secret })),
  base64url(32).map((secret) => ({ text: `inv_${secret}`, secret })),
  base64url(32).map((secret) => ({ text: `/v1/public/quotes/quo_${secret}`, secret })),
  fc.tuple(base64url(20), base64url(20)).map(([claims, signature]) => ({
    text: `eyJhbGciOi.${claims}.${signature}`,
    secret: claims,
  })),
  base64url(8).map((secret) => ({ text: `postgres://rowhouse_app:${secret}@db:5432/rowhouse`, secret })),
  base64url(8).map((secret) => ({ text: `Bearer 1${secret}`, secret: `1${secret}` })),
);

describe('scrub', () => {
  it('cuts every credential out of a line, wherever it stands, and leaves JSON', () => {
    fc.assert(
      fc.property(credentials, fc.string(), fc.string(), ({ text, secret }, before, after) => {
        const line = JSON.stringify({ msg: `${before} ${text} ${after}`, err: { stack: [`at ${text}`] } });
        const scrubbed = scrub(line);
        expect(scrubbed).not.toContain(secret);
        expect(Object.keys(JSON.parse(scrubbed))).toEqual(['msg', 'err']);
      }),
    );
  });

  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'x-api-key',
    'password',
    'token',
    'secret',
  ])('cuts out the value of the field %s at any depth, also of JSON in a string', (name) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (rest) => {
        const secret = `Zq7${rest}`;
        const headers = { a: { [name]: secret }, list: { [name]: [secret] } };
        const scrubbed = scrub(JSON.stringify({ headers, body: JSON.stringify(headers), last: 'kept' }));
        expect(scrubbed).not.toContain('Zq7');
        expect(JSON.parse(scrubbed)).toMatchObject({ last: 'kept' });
      }),
    );
  });

  it('keeps what names a credential without being one', () => {
    const line = JSON.stringify({
      msg: 'basic authentication of the token bucket',
      key: 'rh_0123456789abcdef0123',
      url: 'http://127.0.0.1:3000/v1/api-keys',
      host: 'postgres://db:5432/rowhouse',
      principal: { kind: 'api_key', id: '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60' },
    });
    expect(scrub(line)).toBe(line);
  });

  it('leaves any other line as it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'msg'), fc.nat()), (entry) => {
        expect(scrub(JSON.stringify(entry))).toBe(JSON.stringify(entry));
      }),
    );
  });
});
