import { Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import {
  ControlDatabase,
  StatementError,
  TenantDatabase,
  Transactions,
  unwrapDrizzle,
} from '../../database/index.js';
import type { Claim } from './claim.js';
import { idempotencyKeys } from './idempotency-keys.schema.js';
import { idempotencyProblems } from './idempotency.problems.js';
import { type Answer, sealAnswer, unsealAnswer } from './sealed-answer.js';

const BATCH_ROWS = 1_000;

const { tenantId, id, createdAt, fingerprint, answer } = idempotencyKeys;
const RENEWED = { createdAt: sql`now()`, updatedAt: sql`now()` };
const isOver = sql`${createdAt} <= now() - interval '24 hours'`;

/** The stored answers. Works in the request's transaction, on whichever plane that is. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly tenantDb: TenantDatabase,
    private readonly controlDb: ControlDatabase,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Holds the key until the transaction ends, and answers what was stored for it. Throws `IDEMPOTENCY_KEY_IN_USE` when
   * another process holds it for longer than a lock may take, `IDEMPOTENCY_KEY_REUSED` when it came with another request.
   */
  async take(claim: Claim): Promise<Answer | undefined> {
    const [, [row]] = await Promise.all([
      this.db.execute(sql`select pg_advisory_xact_lock(${claim.lock}::bigint)`),
      // In the same write, but a statement of its own: its snapshot is taken once the lock is held.
      this.db
        .select({ fingerprint, answer })
        .from(idempotencyKeys)
        .where(and(eq(tenantId, claim.tenantId), eq(id, claim.id), sql`not ${isOver}`)),
    ]).catch((error: unknown) => {
      throw hasWaitedTooLong(error) ? idempotencyProblems.keyInUse() : error;
    });
    if (!row) return undefined;
    if (!row.fingerprint.equals(claim.fingerprint)) throw idempotencyProblems.keyReused();
    return unsealAnswer(row.answer, claim.key, claim.id);
  }

  /** Leaves together with COMMIT. A live row that is there in spite of the lock makes the transaction fail. */
  store(claim: Claim, made: Answer): void {
    const values = {
      fingerprint: claim.fingerprint,
      answer: sealAnswer(made, claim.key, claim.id),
    };
    const { db } = this;
    this.transactions.lastWrite(() =>
      db
        .insert(idempotencyKeys)
        .values({ ...values, tenantId: claim.tenantId, id: claim.id })
        .onConflictDoUpdate({
          target: [tenantId, id],
          // Only one that is over may be replaced; for another this is NULL, which the column refuses.
          set: { ...values, answer: sql`case when ${isOver} then excluded.answer end`, ...RENEWED },
        })
        .execute(),
    );
  }

  /** Deletes one batch of what is over, of all tenants, and answers how many. On the control plane, in one transaction. */
  sweep(): Promise<number> {
    return this.transactions.withControl({ access: 'write' }, async () => {
      const over = this.controlDb
        .select({ tenantId, id })
        .from(idempotencyKeys)
        .where(isOver)
        .limit(BATCH_ROWS)
        .for('update', { skipLocked: true });
      const swept = await this.controlDb.delete(idempotencyKeys).where(sql`(${tenantId}, ${id}) in ${over}`);
      return swept.rowCount ?? 0;
    });
  }

  private get db(): TenantDatabase {
    return this.transactions.currentTenantId === undefined ? this.controlDb : this.tenantDb;
  }
}

/** 55P03 `lock_not_available`, 57014 `query_canceled`: the select beside it waits for nobody. */
function hasWaitedTooLong(error: unknown): boolean {
  const cause = unwrapDrizzle(error);
  return cause instanceof StatementError && (cause.sqlState === '55P03' || cause.sqlState === '57014');
}
