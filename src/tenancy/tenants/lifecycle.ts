import type { TenantStatus } from '../../database/index.js';

/** What an operator may do to a tenant, and from which states: provisioning -> active <-> suspended -> archived. */
const TRANSITIONS = {
  suspend: { from: ['active'], to: 'suspended' },
  reactivate: { from: ['suspended'], to: 'active' },
  archive: { from: ['suspended'], to: 'archived' },
} as const satisfies Record<string, { from: readonly TenantStatus[]; to: TenantStatus }>;

export type LifecycleAction = keyof typeof TRANSITIONS;

/** The status after `action`, or undefined where a tenant in `status` does not allow it. */
export function nextStatus(status: TenantStatus, action: LifecycleAction): TenantStatus | undefined {
  const { from, to } = TRANSITIONS[action];
  return (from as readonly TenantStatus[]).includes(status) ? to : undefined;
}
