import type { Role } from '../roles.js';

/** A wish to make a member something else, or nobody (`to: undefined`). */
export interface RoleChange {
  from: Role | undefined;
  to: Role | undefined;
  /** Owners that the tenant has now. */
  owners: number;
  /** Does who asks hold `tenant:own`? */
  byOwner: boolean;
}

/** Why a role may not change; undefined where it may. Owners are made and unmade by owners, and one always stays. */
export function whyNot({ from, to, owners, byOwner }: RoleChange): 'owner only' | 'last owner' | undefined {
  if (from === to) return undefined;
  if ((from === 'owner' || to === 'owner') && !byOwner) return 'owner only';
  if (from === 'owner' && owners <= 1) return 'last owner';
  return undefined;
}
