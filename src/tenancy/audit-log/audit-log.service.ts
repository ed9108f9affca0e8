import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
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
  private readonly onTenantPlane: Insert;
  private readonly onControlPlane: Insert;

  constructor(
    tenantDb: TenantDatabase,
    controlDb: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
  ) {
    this.onTenantPlane = prepareInsert(tenantDb);
    this.onControlPlane = prepareInsert(controlDb);
  }

  record(entry: AuditEntry): Promise<void> {
    return this.recordIn(this.context.current, entry);
  }

  /** Of a tenant that the actor does not act in: on the control plane only, the tenant's wall refuses it. */
  async recordIn(
    { tenantId, actor, requestId, ip }: TenantContextValue,
    { affectedTenantId, ...entry }: AuditEntry,
  ): Promise<void> {
    const insert = this.transactions.currentTenantId === undefined ? this.onControlPlane : this.onTenantPlane;
    const what = { ...NOTHING, ...entry, requestId: requestId ?? null };
    const own = { ...what, tenantId, actorType: actor.type, actorId: actor.id, ip: ip ?? null };
    const copy = { ...what, tenantId: affectedTenantId, actorType: 'operator', actorId: tenantId, ip: null };
    const isOfAnother = affectedTenantId !== undefined && affectedTenantId !== tenantId;
    await Promise.all((isOfAnother ? [own, copy] : [own]).map((row) => insert.execute(asParameters(row))));
  }
}

type Insert = ReturnType<typeof prepareInsert>;

/** Built once: every change pays for its entry, and building the statement would cost it as much as sending it. */
function prepareInsert(db: TenantDatabase | ControlDatabase) {
  const { placeholder } = sql;
  return db
    .insert(auditLog)
    .values({
      id: placeholder('id'),
      createdAt: placeholder('createdAt'),
      tenantId: placeholder('tenantId'),
      actorType: placeholder('actorType'),
      actorId: placeholder('actorId'),
      action: placeholder('action'),
      entityType: placeholder('entityType'),
      entityId: placeholder('entityId'),
      reason: placeholder('reason'),
      requestId: placeholder('requestId'),
      ip: placeholder('ip'),
      // As expressions: the column's own encoder would make JSON's null of an absent value.
      oldValues: sql`${placeholder('oldValues')}`,
      newValues: sql`${placeholder('newValues')}`,
    })
    .prepare('audit_log_record');
}

const NOTHING = { reason: null, oldValues: null, newValues: null };

function asParameters<R extends { oldValues: object | null; newValues: object | null }>(row: R) {
  const { oldValues, newValues } = row;
  return {
    ...row,
    ...stamp(),
    oldValues: oldValues && JSON.stringify(oldValues),
    newValues: newValues && JSON.stringify(newValues),
  };
}

const stamp = () => {
  const id = newId();
  return { id, createdAt: timeOfId(id) };
};
