import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { issueLinkToken, readLinkToken } from './link-token.js';

const tenant = '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60';
const other = '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61';

describe('the token of a public link', () => {
  it('leads to its tenant and its digest', () => {
    fc.assert(
      fc.property(fc.uuid(), (tenantId) => {
        const { token, digest } = issueLinkToken(tenantId);
        expect(token).toMatch(/^quo_[\w-]{64}$/);
        expect(readLinkToken(token)).toEqual({ tenantId, digest });
      }),
    );
  });

  it('is another one each time', () => {
    const tokens = Array.from({ length: 100 }, () => issueLinkToken(tenant).token);
    expect(new Set(tokens).size).toBe(100);
  });

  it('does not stand in its digest, nor lead anywhere when it is brought for another tenant', () => {
    const { token, digest } = issueLinkToken(tenant);
    expect(digest).toHaveLength(32);
    const secret = Buffer.from(token.slice(4), 'base64url').subarray(16);
    const forged = Buffer.concat([Buffer.from(other.replaceAll('-', ''), 'hex'), secret]);
    const read = readLinkToken(`quo_${forged.toString('base64url')}`);
    expect(read?.tenantId).toBe(other);
    expect(read?.digest).not.toEqual(digest);
  });

  it.each([
    '',
    'quo_',
    `quo_${'a'.repeat(63)}`,
    `quo_${'a'.repeat(65)}`,
    `inv_${'a'.repeat(64)}`,
    `quo_${'a'.repeat(63)}=`,
    `quo_${'a'.repeat(64)}\n`,
  ])('is not %p', (token) => {
    expect(readLinkToken(token)).toBeUndefined();
  });
});
