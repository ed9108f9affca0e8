import { identityProblems } from '../identity.problems.js';
import { type Principal, holdsScope } from '../principal.js';
import { type Scope, TENANT_SCOPES } from '../scopes.js';

/** The scopes of a new key: the wanted ones, or all tenant scopes the maker holds. Nobody gives what they do not hold. */
export function grantableScopes(maker: Principal, wanted: Scope[] | undefined): Scope[] {
  const notHeld = (wanted ?? []).filter((scope) => !holdsScope(maker, scope));
  if (notHeld.length > 0) throw identityProblems.scopeNotHeld(notHeld);
  return wanted ?? TENANT_SCOPES.filter((scope) => holdsScope(maker, scope));
}
