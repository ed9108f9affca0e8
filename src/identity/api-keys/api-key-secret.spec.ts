import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type KeyState, checkKey, issueKey, parseKey } from './api-key-secret.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const EARLIER = '2026-11-21T11:59:59.000Z';
const LATER = '2026-11-21T12:00:01.000Z';

describe('an API key', () => {
  it('is parsed back to its public id and digest', () => {
    const key = issueKey();
    expect(parseKey(key.text)).toEqual({ publicId: key.publicId, digest: key.digest });
    expect(key.text).not.toContain(key.digest.toString('hex'));
  });

  it('is nothing else than its exact form', () => {
    const near = fc.oneof(
      fc.string(),
      fc
        .constantFrom(
          (t: string) => `${t}0`,
          (t: string) => t.toUpperCase(),
          (t: string) => ` ${t}`,
        )
        .map((change) => change(issueKey().text)),
    );
    fc.assert(fc.property(near, (text) => expect(parseKey(text)).toBeUndefined()));
  });

  const [current, previous, other] = [issueKey().digest, issueKey().digest, issueKey().digest];
  const state = (changes: Partial<KeyState>): KeyState => ({
    secretDigest: current,
    previousDigest: null,
    previousExpiresAt: null,
    expiresAt: null,
    revokedAt: null,
    ...changes,
  });

  it.each([
    ['the secret', {}, current, 'valid'],
    ['another secret', {}, other, 'invalid'],
    [
      'the secret before the rotation, within the overlap',
      { previousDigest: previous, previousExpiresAt: LATER },
      previous,
      'valid',
    ],
    [
      'the secret before the rotation, after the overlap',
      { previousDigest: previous, previousExpiresAt: EARLIER },
      previous,
      'invalid',
    ],
    [
      'the new secret within the overlap',
      { previousDigest: previous, previousExpiresAt: LATER },
      current,
      'valid',
    ],
    ['the secret of an expired key', { expiresAt: EARLIER }, current, 'expired'],
    ['another secret of an expired key', { expiresAt: EARLIER }, other, 'invalid'],
    ['the secret before it expires', { expiresAt: LATER }, current, 'valid'],
    ['the secret of a revoked key', { revokedAt: EARLIER }, current, 'invalid'],
    [
      'the secret of a revoked and expired key',
      { revokedAt: EARLIER, expiresAt: EARLIER },
      current,
      'invalid',
    ],
  ] as const)('with %s is judged', (_, changes, digest, verdict) => {
    expect(checkKey(state(changes), digest, NOW)).toBe(verdict);
  });
});
