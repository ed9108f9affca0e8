import { Injectable } from '@nestjs/common';
import { and, asc, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import { ControlDatabase, TenantDatabase, Transactions, tenants } from '../../database/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { dayOf } from './expiry.js';
import { quotes } from './quotes.schema.js';

const BATCH_TENANTS = 100;
const BATCH_QUOTES = 500;
const ACTOR = { type: 'system', id: 'quote-expiry' } as const;

/** Stores what everybody sees already: that the validity of a quote is over. */
@Injectable()
export class ExpireQuotes {
  constructor(
    private readonly control: ControlDatabase,
    private readonly db: TenantDatabase,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  /** Live tenants behind this one, in the order of their ids. */
  tenantsAfter(id: string | undefined): Promise<string[]> {
    return this.transactions.withControl({ access: 'read' }, async () => {
      const rows = await this.control
        .select({ id: tenants.id })
        .from(tenants)
        .where(and(isNull(tenants.deletedAt), id === undefined ? undefined : gt(tenants.id, id)))
        .orderBy(asc(tenants.id))
        .limit(BATCH_TENANTS);
      return rows.map((row) => row.id);
    });
  }

  /** One batch of a tenant's, in one transaction; two at once skip each other's. Answers how many. */
  expire(tenantId: string): Promise<number> {
    const value = { tenantId, actor: ACTOR, requestId: undefined, ip: undefined };
    return this.context.run(value, () =>
      this.transactions.withTenant(tenantId, { access: 'write' }, async () => {
        const over = this.db
          .select({ id: quotes.id })
          .from(quotes)
          .where(
            and(
              inArray(quotes.status, ['sent', 'viewed']),
              lt(quotes.validUntil, dayOf(new Date())),
              isNull(quotes.deletedAt),
            ),
          )
          .limit(BATCH_QUOTES)
          .for('update', { skipLocked: true });
        const expired = await this.db
          .update(quotes)
          .set({ status: 'expired', updatedAt: sql`now()` })
          .where(inArray(quotes.id, over))
          .returning({ id: quotes.id, validUntil: quotes.validUntil });
        await Promise.all(expired.map(({ id, validUntil }) => this.record(id, validUntil)));
        return expired.length;
      }),
    );
  }

  private record(entityId: string, validUntil: string): Promise<void> {
    return this.audit.record({
      action: 'quotes.expire',
      entityType: 'quote',
      entityId,
      newValues: { status: 'expired', validUntil },
    });
  }
}
