import type { Role } from '../roles.js';

/** A wish to make a member something else, or nobody (`to: undefined`). */
export interface RoleChange {
  from: Role | undefined;
  to: Role | undefined;
  /** Owners that the tenant has now. */
  owners: number;
}

/** One owner always stays. */
export const leavesNoOwner = ({ from, to, owners }: RoleChange): boolean =>
  from === 'owner' && to !== 'owner' && owners <= 1;
