import { Injectable } from '@nestjs/common';
import { ControlDatabase, TenantDatabase, Transactions, newId } from '../../database/index.js';
import { TenantContext, type TenantContextValue } from '../tenant-context.js';
import { auditLog } from './audit-log.schema.js';
import { timeOfId } from './entry-time.js';

export interface AuditEntry {
  /** `area.verb`: `api_keys.revoke`. */
  action: string;
  entityType: string;
  entityId: string;
  reason?: string;
  /** What changed, before and after. Never a secret or its digest: whoever administers the tenant reads it. */
  oldValues?: Record<string, unknown>;
  newValues?: Record<string, unknown>;
  /**
   * The tenant this was done to, where an operator acts on it: its own log tells of the act too, by `operator`, without
   * who of them and from where. The request id is the same in both logs.
   */
  affectedTenantId?: string;
}

/** Writes the audit log of the acting tenant, in the transaction of the change: either both are stored or neither. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly tenantDb: TenantDatabase,
    private readonly controlDb: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
  ) {}

  record(entry: AuditEntry): Promise<void> {
    return this.recordIn(this.context.current, entry);
  }

  /** Of a tenant that the actor does not act in: on the control plane only, the tenant's wall refuses it. */
  async recordIn(
    { tenantId, actor, requestId, ip }: TenantContextValue,
    { affectedTenantId, ...entry }: AuditEntry,
  ): Promise<void> {
    const db = this.transactions.currentTenantId === undefined ? this.controlDb : this.tenantDb;
    const common = { ...entry, requestId };
    const own = { ...stamp(), ...common, tenantId, actorType: actor.type, actorId: actor.id, ip };
    const copy = { ...stamp(), ...common, actorType: 'operator' as const, actorId: tenantId };
    const isOfAnother = affectedTenantId !== undefined && affectedTenantId !== tenantId;
    await db.insert(auditLog).values(isOfAnother ? [own, { ...copy, tenantId: affectedTenantId }] : [own]);
  }
}

const stamp = () => {
  const id = newId();
  return { id, createdAt: timeOfId(id) };
};
