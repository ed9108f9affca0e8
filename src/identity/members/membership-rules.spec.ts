import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ROLES } from '../roles.js';
import { whyNot } from './membership-rules.js';

const role = fc.constantFrom(undefined, ...ROLES);

describe('whyNot', () => {
  it('never lets the owners become none', () => {
    fc.assert(
      fc.property(role, role, fc.integer({ min: 1, max: 5 }), fc.boolean(), (from, to, owners, byOwner) => {
        if (whyNot({ from, to, owners, byOwner }) !== undefined) return;
        const left = owners - (from === 'owner' ? 1 : 0) + (to === 'owner' ? 1 : 0);
        expect(left).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('leaves owners to owners', () => {
    expect(whyNot({ from: 'owner', to: 'admin', owners: 3, byOwner: false })).toBe('owner only');
    expect(whyNot({ from: 'admin', to: 'owner', owners: 3, byOwner: false })).toBe('owner only');
    expect(whyNot({ from: undefined, to: 'owner', owners: 3, byOwner: false })).toBe('owner only');
    expect(whyNot({ from: 'admin', to: undefined, owners: 1, byOwner: false })).toBeUndefined();
  });

  it('refuses to remove or demote the last owner', () => {
    expect(whyNot({ from: 'owner', to: undefined, owners: 1, byOwner: true })).toBe('last owner');
    expect(whyNot({ from: 'owner', to: 'viewer', owners: 1, byOwner: true })).toBe('last owner');
    expect(whyNot({ from: 'owner', to: 'owner', owners: 1, byOwner: true })).toBeUndefined();
    expect(whyNot({ from: 'owner', to: undefined, owners: 2, byOwner: true })).toBeUndefined();
  });
});
