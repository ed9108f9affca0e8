import { Injectable } from '@nestjs/common';
import { type SQL, and, eq, getTableColumns } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { refusedBy } from '../refused-by.js';
import { approvalRequests } from './approval-requests.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(approvalRequests);
export const APPROVAL_COLUMNS = COLUMNS;

/** An approval request as it is stored. */
export type ApprovalRow = Omit<typeof approvalRequests.$inferSelect, 'tenantId' | 'deletedAt'>;

/** How a request ended. */
export interface Decision {
  status: 'approved' | 'rejected' | 'cancelled';
  reason?: string | null;
  notes?: string | null;
}

/** Who is asked to approve which quote. The quote is locked before; the database lets one of several at once through. */
@Injectable()
export class ApprovalRequests {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  /** Throws `APPROVAL_NOT_FOUND`. */
  async find(id: string): Promise<ApprovalRow> {
    const [row] = await this.db.select(COLUMNS).from(approvalRequests).where(eq(approvalRequests.id, id));
    if (!row) throw quotingProblems.approvalNotFound();
    return row;
  }

  async pendingOf(quoteId: string): Promise<ApprovalRow | undefined> {
    const [row] = await this.db.select(COLUMNS).from(approvalRequests).where(isPendingOf(quoteId));
    return row;
  }

  /** Throws `APPROVAL_PENDING`. */
  async ask(quoteId: string, approverId: string, notes: string | null): Promise<ApprovalRow> {
    const { tenantId, actor } = this.context.current;
    const [row] = await this.db
      .insert(approvalRequests)
      .values({
        tenantId,
        id: newId(),
        subjectType: 'quote',
        subjectId: quoteId,
        approverId,
        notes,
        requestedBy: actor.id,
      })
      .returning(COLUMNS)
      .catch(refusedBy({ approval_requests_one_pending: quotingProblems.approvalPending }));
    return row!;
  }

  /** Throws `APPROVAL_NOT_PENDING` where somebody was faster. */
  async decide(id: string, { status, reason, notes }: Decision): Promise<ApprovalRow> {
    const [row] = await this.db
      .update(approvalRequests)
      .set({
        status,
        // What was noted with the question stays, unless the answer has words of its own.
        ...(reason && { reason }),
        ...(notes && { notes }),
        ...this.decided(),
      })
      .where(and(eq(approvalRequests.id, id), eq(approvalRequests.status, 'pending')))
      .returning(COLUMNS);
    if (!row) throw quotingProblems.approvalNotPending();
    return row;
  }

  /** Where somebody was asked; the quote itself is over. */
  async cancelOf(quoteId: string, reason: string): Promise<void> {
    await this.db
      .update(approvalRequests)
      .set({ status: 'cancelled', reason, ...this.decided() })
      .where(isPendingOf(quoteId));
  }

  private decided() {
    const now = new Date().toISOString();
    return { decidedBy: this.context.current.actor.id, decidedAt: now, updatedAt: now };
  }
}

const isPendingOf = (quoteId: string): SQL | undefined =>
  and(
    eq(approvalRequests.subjectType, 'quote'),
    eq(approvalRequests.subjectId, quoteId),
    eq(approvalRequests.status, 'pending'),
  );
