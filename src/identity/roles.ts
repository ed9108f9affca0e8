import { SYSTEM_TENANT_ID } from '../database/schema.js';
import { ALL_SCOPES, type Scope } from './scopes.js';

/** What a member is in a tenant, from most to least. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;

export type Role = (typeof ROLES)[number];

/** Which actions (`area:action`) a role may do, in every area of its tenant. */
const ACTIONS: Record<Role, readonly string[]> = {
  owner: ['read', 'write', 'approve', 'override-price', 'force-edit', 'admin', 'own'],
  admin: ['read', 'write', 'approve', 'override-price', 'force-edit', 'admin'],
  member: ['read', 'write'],
  viewer: ['read'],
};

/** What a role may do in a tenant. The admins of the system tenant administer the platform. */
export function scopesOf(role: Role, tenantId: string): Scope[] {
  return ALL_SCOPES.filter((scope) => {
    const [area, action = ''] = scope.split(':');
    return ACTIONS[role].includes(action) && (area !== 'platform' || tenantId === SYSTEM_TENANT_ID);
  });
}
