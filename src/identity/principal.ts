import { SYSTEM_TENANT_ID } from '../database/index.js';
import type { TokenClaims } from './authentication/claims.js';
import type { Person } from './people.directory.js';
import type { Role } from './roles.js';

/** Who is calling, in which tenant; made from a verified credential only. */
export interface Principal {
  kind: 'api_key' | 'user';
  id: string;
  name: string;
  tenantId: string;
  /** Of a user: what they are in this tenant. */
  role?: Role;
  scopes: readonly string[];
}

/** A person whose token was verified; they need not be a member of any tenant, or known to us yet. */
export interface SignedInPerson {
  claims: TokenClaims;
  /** Undefined until they accepted a first invitation. */
  user: Person | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
    person?: SignedInPerson;
  }
}

/** `platform:` scopes count only in the system tenant, whatever a row says. */
export const holdsScope = (principal: Principal, scope: string): boolean =>
  principal.scopes.includes(scope) &&
  (!scope.startsWith('platform:') || principal.tenantId === SYSTEM_TENANT_ID);
