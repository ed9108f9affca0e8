import { SYSTEM_TENANT_ID } from '../database/index.js';

/** Who is calling; made from a verified credential only. */
export interface Principal {
  kind: 'api_key';
  id: string;
  name: string;
  tenantId: string;
  scopes: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** `platform:` scopes count only in the system tenant, whatever a row says. */
export const holdsScope = (principal: Principal, scope: string): boolean =>
  principal.scopes.includes(scope) &&
  (!scope.startsWith('platform:') || principal.tenantId === SYSTEM_TENANT_ID);
