import { Injectable } from '@nestjs/common';
import { type SQL, and, desc, eq, gte, lt } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { type Page, httpProblems, pageOf, positionOf } from '../../http/index.js';
import type { AuditEntryDto, AuditLogQuery } from './audit-log.dto.js';
import { auditLog } from './audit-log.schema.js';
import { firstIdAt } from './entry-time.js';

const PUBLIC_COLUMNS = {
  id: auditLog.id,
  createdAt: auditLog.createdAt,
  actorType: auditLog.actorType,
  actorId: auditLog.actorId,
  action: auditLog.action,
  entityType: auditLog.entityType,
  entityId: auditLog.entityId,
  reason: auditLog.reason,
  requestId: auditLog.requestId,
  ip: auditLog.ip,
  oldValues: auditLog.oldValues,
  newValues: auditLog.newValues,
};

/** The audit log of the calling tenant, as its administrators read it. */
@Injectable()
export class AuditLogReader {
  constructor(private readonly db: TenantDatabase) {}

  async list(query: AuditLogQuery): Promise<Page<AuditEntryDto>> {
    const after = positionOf('audit_log', query);
    const rows = await this.db
      .select(PUBLIC_COLUMNS)
      .from(auditLog)
      .where(and(...filtersOf(query), after === undefined ? undefined : lt(auditLog.id, after)))
      .orderBy(desc(auditLog.id))
      .limit(query.limit + 1);
    return pageOf('audit_log', query, rows);
  }
}

/** A span of time is half open, so that months that follow each other neither overlap nor leave a gap. */
function filtersOf(query: AuditLogQuery): (SQL | undefined)[] {
  const { from, to } = query;
  if (from && to && Date.parse(from) >= Date.parse(to)) throw spanIsEmpty();
  const equals = (['entityType', 'entityId', 'actorType', 'actorId', 'action'] as const).map((name) => {
    const wanted = query[name];
    return wanted === undefined ? undefined : eq(auditLog[name], wanted);
  });
  return [
    ...equals,
    from === undefined ? undefined : gte(auditLog.id, firstIdAt(from)),
    to === undefined ? undefined : lt(auditLog.id, firstIdAt(to)),
  ];
}

const spanIsEmpty = () =>
  httpProblems.validationFailed([{ path: 'to', code: 'order', message: 'to must be later than from' }]);
