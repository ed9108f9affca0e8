import { identityProblems } from '../identity.problems.js';
import { type Principal, holdsScope } from '../principal.js';
import { type Scope, TENANT_SCOPES } from '../scopes.js';

/** The scopes of a new key: the wanted ones, or all tenant scopes the maker holds. Nobody gives what they do not hold. */
export function grantableScopes(maker: Principal, wanted: Scope[] | undefined): Scope[] {
  refuseMoreThanHeld(maker, wanted ?? []);
  return wanted ?? TENANT_SCOPES.filter((scope) => holdsScope(maker, scope));
}

/** Throws `SCOPE_NOT_HELD`: for whoever is about to learn the secret of a key with these scopes. */
export function refuseMoreThanHeld(reader: Principal, scopes: readonly string[]): void {
  const notHeld = scopes.filter((scope) => !holdsScope(reader, scope));
  if (notHeld.length > 0) throw identityProblems.scopeNotHeld(notHeld);
}
