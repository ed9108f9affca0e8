import { describe, expect, it } from '@jest/globals';
import { SYSTEM_TENANT_ID } from '../database/index.js';
import { ROLES, scopesOf } from './roles.js';

const ACME = '01920000-0000-7000-8000-000000000001';

describe('scopesOf', () => {
  it('gives each role more than the one below', () => {
    const sizes = ROLES.map((role) => new Set(scopesOf(role, ACME)));
    for (const [index, scopes] of sizes.entries()) {
      for (const scope of sizes[index + 1] ?? []) expect(scopes).toContain(scope);
    }
  });

  it('keeps owners to owners, and members from administration', () => {
    expect(scopesOf('owner', ACME)).toContain('tenant:own');
    expect(scopesOf('admin', ACME)).not.toContain('tenant:own');
    expect(scopesOf('admin', ACME)).toContain('tenant:admin');
    expect(scopesOf('member', ACME)).not.toContain('tenant:admin');
    expect(scopesOf('viewer', ACME)).toContain('tenant:read');
  });

  it('gives the platform to admins of the system tenant only', () => {
    expect(scopesOf('owner', ACME)).not.toContain('platform:admin');
    expect(scopesOf('admin', SYSTEM_TENANT_ID)).toContain('platform:admin');
    expect(scopesOf('member', SYSTEM_TENANT_ID)).not.toContain('platform:admin');
  });
});
