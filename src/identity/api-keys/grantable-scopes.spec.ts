import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SYSTEM_TENANT_ID } from '../../database/index.js';
import { type Principal, holdsScope } from '../principal.js';
import { ALL_SCOPES } from '../scopes.js';
import { grantableScopes } from './grantable-scopes.js';

describe('the scopes of a new key', () => {
  const scopes = fc.subarray(ALL_SCOPES);
  const principals = fc
    .record({ scopes, tenantId: fc.constantFrom(SYSTEM_TENANT_ID, '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60') })
    .map((fields): Principal => ({ kind: 'api_key', id: 'x', name: 'x', ...fields }));

  it('are never more than its maker holds', () => {
    fc.assert(
      fc.property(principals, fc.option(scopes, { nil: undefined }), (maker, wanted) => {
        const holdsAll = (wanted ?? []).every((scope) => holdsScope(maker, scope));
        if (!holdsAll) return expect(() => grantableScopes(maker, wanted)).toThrow('SCOPE_NOT_HELD');
        const granted = grantableScopes(maker, wanted);
        expect(granted.every((scope) => holdsScope(maker, scope))).toBe(true);
        if (wanted) expect(granted).toEqual(wanted);
      }),
    );
  });

  it('name the platform only for principals of the system tenant', () => {
    fc.assert(
      fc.property(principals, (principal) => {
        if (principal.tenantId !== SYSTEM_TENANT_ID)
          expect(holdsScope(principal, 'platform:admin')).toBe(false);
      }),
    );
  });
});
