import { identityProblems } from '../identity.problems.js';
import { type Principal, holdsScope } from '../principal.js';
import { type Role, scopesOf } from '../roles.js';

/**
 * Nobody makes or unmakes what is greater than they are: owners, and in the system tenant those who administer the
 * platform. Throws `SCOPE_MISSING`.
 */
export function refuseGreaterRoles(by: Principal, roles: Role[]): void {
  const missing = roles
    .flatMap((role) => scopesOf(role, by.tenantId))
    .find((scope) => isGreat(scope) && !holdsScope(by, scope));
  if (missing) throw identityProblems.scopeMissing(missing);
}

/** Not among what whoever administers a tenant can do anyway. */
const isGreat = (scope: string) => scope === 'tenant:own' || scope.startsWith('platform:');
