import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ROLES } from '../roles.js';
import { leavesNoOwner } from './membership-rules.js';

const role = fc.constantFrom(undefined, ...ROLES);

describe('a change of a role', () => {
  it('is refused exactly where the owners would become none', () => {
    fc.assert(
      fc.property(role, role, fc.integer({ min: 1, max: 5 }), (from, to, owners) => {
        const left = owners - (from === 'owner' ? 1 : 0) + (to === 'owner' ? 1 : 0);
        expect(leavesNoOwner({ from, to, owners })).toBe(left < 1);
      }),
    );
  });
});
