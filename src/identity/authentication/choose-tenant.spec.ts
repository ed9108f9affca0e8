import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseTenant } from './choose-tenant.js';

const tenantId = fc.constantFrom('a', 'b', 'c', 'd');
const named = fc.option(fc.record({ tenantId: fc.option(tenantId, { nil: undefined }) }), { nil: undefined });
const memberships = fc.uniqueArray(fc.record({ tenantId }), { selector: (row) => row.tenantId });

describe('chooseTenant', () => {
  it('never chooses a tenant they are not a member of, nor another than was named', () => {
    fc.assert(
      fc.property(memberships, named, named, (mine, boundTo, wanted) => {
        const choice = chooseTenant({
          memberships: mine,
          ...(boundTo && { boundTo }),
          ...(wanted && { wanted }),
        });
        if (typeof choice === 'string') return;
        expect(mine).toContainEqual(choice);
        for (const name of [boundTo, wanted]) if (name) expect(choice.tenantId).toBe(name.tenantId);
      }),
    );
  });

  it.each([
    ['the only one without a choice', [{ tenantId: 'a' }], {}, { tenantId: 'a' }],
    ['none', [], {}, 'none'],
    ['several', [{ tenantId: 'a' }, { tenantId: 'b' }], {}, 'several'],
    [
      'the wanted one',
      [{ tenantId: 'a' }, { tenantId: 'b' }],
      { wanted: { tenantId: 'b' } },
      { tenantId: 'b' },
    ],
    ['not one that is not theirs', [{ tenantId: 'a' }], { wanted: { tenantId: undefined } }, 'not found'],
    [
      "the token's",
      [{ tenantId: 'a' }, { tenantId: 'b' }],
      { boundTo: { tenantId: 'b' } },
      { tenantId: 'b' },
    ],
    ['not an unmapped organization', [{ tenantId: 'a' }], { boundTo: { tenantId: undefined } }, 'not found'],
    [
      "not one beside the token's",
      [{ tenantId: 'a' }, { tenantId: 'b' }],
      { boundTo: { tenantId: 'b' }, wanted: { tenantId: 'a' } },
      'not found',
    ],
  ] as const)('%s', (_, mine, names, expected) => {
    expect(chooseTenant({ memberships: mine, ...names })).toEqual(expected);
  });
});
