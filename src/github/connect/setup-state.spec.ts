import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STATE_LIFETIME_MS, newSetupState, readState, signState, stateKeyOf } from './setup-state.js';

const NOW = new Date('2026-11-21T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const key = stateKeyOf('a secret of the App');
const TENANT = '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60';

describe('the state of a connection', () => {
  it('comes back as it left, for ten minutes', () => {
    const state = newSetupState(TENANT, 'somebody', NOW);
    const text = signState(state, key);
    expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(readState(text, key, later(STATE_LIFETIME_MS - 1))).toEqual(state);
    expect(readState(text, key, later(STATE_LIFETIME_MS))).toBeUndefined();
  });

  it('never comes twice', () => {
    const nonces = Array.from({ length: 100 }, () => newSetupState(TENANT, 'somebody', NOW).nonce);
    expect(new Set(nonces).size).toBe(100);
  });

  it('is refused where a character of it is another, or another key signed it', () => {
    const text = signState(newSetupState(TENANT, 'somebody', NOW), key);
    // The last character of a digest stands for four bits only: two of them can be read alike.
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.constantFrom(...'AZaz09-_.'), (at, character) => {
        const altered = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
        if (altered !== text) expect(readState(altered, key, NOW)).toBeUndefined();
      }),
    );
    expect(readState(text, stateKeyOf('another secret'), NOW)).toBeUndefined();
  });

  it('is nothing that somebody made up', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(readState(text, key, NOW)).toBeUndefined()));
  });
});
