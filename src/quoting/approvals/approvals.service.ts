import { Injectable } from '@nestjs/common';
import { and, desc, isNull, lt } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { type Page, type Precondition, pageOf, positionOf } from '../../http/index.js';
import { MembersService, type Principal } from '../../identity/index.js';
import { AuditLog } from '../../tenancy/index.js';
import { has } from '../lists.js';
import { QuoteMoves } from '../quotes/quote-moves.service.js';
import { type LockedQuote, QuoteStore } from '../quotes/quote-store.service.js';
import type { QuoteDto } from '../quotes/quote-answers.dto.js';
import { quotingProblems } from '../quoting.problems.js';
import { approvalRequests } from './approval-requests.schema.js';
import { APPROVAL_COLUMNS, ApprovalRequests, type ApprovalRow } from './approval-requests.service.js';
import type { ApprovalDto, ApprovalsQuery } from './approvals.dto.js';
import { mayDecide } from './may-decide.js';

/** What somebody decides about a quote that waits for it. */
export type Verdict =
  { action: 'approve'; notes: string | null } | { action: 'reject-approval'; reason: string };

interface Asked {
  approverId: string;
  notes?: string | null | undefined;
}

/** Approval of quotes: asked for, given or refused, over the quote's own routes and those of approvals alike. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly store: QuoteStore,
    private readonly moves: QuoteMoves,
    private readonly members: MembersService,
    private readonly requests: ApprovalRequests,
    private readonly audit: AuditLog,
  ) {}

  async list(query: ApprovalsQuery): Promise<Page<ApprovalDto>> {
    const after = positionOf('approvals', query);
    const rows = await this.db
      .select(APPROVAL_COLUMNS)
      .from(approvalRequests)
      .where(
        and(
          isNull(approvalRequests.deletedAt),
          has(approvalRequests.status, query.status),
          has(approvalRequests.approverId, query.approver),
          has(approvalRequests.subjectId, query.subject),
          after === undefined ? undefined : lt(approvalRequests.id, after),
        ),
      )
      .orderBy(desc(approvalRequests.id))
      .limit(query.limit + 1);
    return pageOf('approvals', query, rows);
  }

  /** From a draft to one that waits for its approver. Throws `QUOTE_STATE`, `APPROVER_NOT_MEMBER`. */
  async submit(id: string, asked: Asked, ifMatch: Precondition): Promise<QuoteDto> {
    const quote = await this.store.lock(id, ifMatch);
    await this.moves.statusAfter(quote, 'submit');
    await this.ask(quote, asked);
    return this.moves.make(quote, 'submit', {}, { approverId: asked.approverId });
  }

  /** The same for a draft; for a quote whose request was cancelled, somebody is asked anew. */
  async request(quoteId: string, asked: Asked): Promise<ApprovalRow> {
    const quote = await this.store.lock(quoteId);
    if (quote.status !== 'pending') await this.moves.statusAfter(quote, 'submit');
    const approval = await this.ask(quote, asked);
    const { approverId } = asked;
    if (quote.status === 'pending') await this.record('request', approval.id, { quoteId, approverId });
    else await this.moves.make(quote, 'submit', {}, { approverId });
    return approval;
  }

  /** Throws `QUOTE_STATE`, `APPROVAL_NOT_PENDING`, `NOT_THE_APPROVER`. */
  async decide(quoteId: string, verdict: Verdict, by: Principal, ifMatch?: Precondition): Promise<QuoteDto> {
    return this.decideOn(await this.store.lock(quoteId, ifMatch), verdict, by);
  }

  /** The same by the request. Throws `APPROVAL_NOT_FOUND`, and what `decide()` does. */
  async decideRequest(id: string, verdict: Verdict, by: Principal): Promise<ApprovalRow> {
    const { subjectId } = await this.requests.find(id);
    const quote = await this.store.lock(subjectId);
    // Behind the lock: it may have been cancelled, and somebody else be asked.
    if ((await this.requests.find(id)).status !== 'pending') throw quotingProblems.approvalNotPending();
    await this.decideOn(quote, verdict, by);
    return this.requests.find(id);
  }

  private async decideOn(quote: LockedQuote, verdict: Verdict, by: Principal): Promise<QuoteDto> {
    await this.moves.statusAfter(quote, verdict.action);
    const approval = await this.requests.pendingOf(quote.row.id);
    if (!approval) throw quotingProblems.approvalNotPending();
    if (!mayDecide(by, approval.approverId)) throw quotingProblems.notTheApprover();
    const now = new Date().toISOString();
    if (verdict.action === 'approve') {
      await this.requests.decide(approval.id, { status: 'approved', notes: verdict.notes });
      return this.moves.make(quote, 'approve', { approvedBy: by.id, approvedAt: now });
    }
    await this.requests.decide(approval.id, { status: 'rejected', reason: verdict.reason });
    return this.moves.make(quote, 'reject-approval', { rejectedAt: now, reason: verdict.reason });
  }

  /** The quote waits on, for whoever is asked next. Only who asked, or may decide. Throws `NOT_THE_APPROVER`. */
  async cancel(id: string, reason: string, by: Principal): Promise<ApprovalRow> {
    const { subjectId, approverId, requestedBy } = await this.requests.find(id);
    await this.store.lock(subjectId);
    if (requestedBy !== by.id && !mayDecide(by, approverId)) throw quotingProblems.notTheApprover();
    const cancelled = await this.requests.decide(id, { status: 'cancelled', reason });
    await this.record('cancel', id, { quoteId: subjectId, reason });
    return cancelled;
  }

  /** Of what happens to a request alone; what moves the quote is told of the quote. */
  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({ action: `approvals.${verb}`, entityType: 'approval', entityId, newValues });
  }

  private async ask(quote: LockedQuote, { approverId, notes = null }: Asked): Promise<ApprovalRow> {
    if (!(await this.members.isMember(approverId))) throw quotingProblems.approverNotMember();
    return this.requests.ask(quote.row.id, approverId, notes);
  }
}
