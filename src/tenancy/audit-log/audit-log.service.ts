import { Injectable } from '@nestjs/common';
import { ControlDatabase, TenantDatabase, Transactions } from '../../database/index.js';
import { TenantContext, type TenantContextValue } from '../tenant-context.js';
import { auditLog } from './audit-log.schema.js';

export interface AuditEntry {
  /** `area.verb`: `api_keys.revoke`. */
  action: string;
  entityType: string;
  entityId: string;
  reason?: string;
  oldValues?: Record<string, unknown>;
  newValues?: Record<string, unknown>;
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
  async recordIn({ tenantId, actor, requestId, ip }: TenantContextValue, entry: AuditEntry): Promise<void> {
    const db = this.transactions.currentTenantId === undefined ? this.controlDb : this.tenantDb;
    await db
      .insert(auditLog)
      .values({ tenantId, actorType: actor.type, actorId: actor.id, requestId, ip, ...entry });
  }
}
