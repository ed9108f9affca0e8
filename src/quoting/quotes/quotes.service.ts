import { Injectable } from '@nestjs/common';
import { and, eq, isNull } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import type { Precondition } from '../../http/index.js';
import type { Principal } from '../../identity/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { holdCustomer } from '../customers/customers.queries.js';
import { nextNumber } from '../numbers/next-number.queries.js';
import { projects } from '../projects/projects.schema.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { quotingProblems } from '../quoting.problems.js';
import { dayOf } from './expiry.js';
import { LineRates } from './line-rates.service.js';
import { lineInput } from './line-input.js';
import { priceDraft } from './price-draft.js';
import { quoteAnswer } from './quote-answer.js';
import { type Editing, QuoteEdits } from './quote-edits.service.js';
import { QuoteMoves } from './quote-moves.service.js';
import { contentOf } from './quote-snapshot.js';
import { rateTerms } from './rate-terms.js';
import { QuoteStore } from './quote-store.service.js';
import { changedTerms, newTerms } from './quote-terms.js';
import type { QuoteDto } from './quote-answers.dto.js';
import type { CreateQuoteDto, UpdateQuoteDto } from './quotes.dto.js';

/** The quotes of the calling tenant. */
@Injectable()
export class QuotesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly store: QuoteStore,
    private readonly edits: QuoteEdits,
    private readonly rates: LineRates,
    private readonly moves: QuoteMoves,
  ) {}

  async get(id: string): Promise<QuoteDto> {
    const { row, lines } = await this.store.find(id);
    return quoteAnswer(row, lines);
  }

  /** A draft, with its first version. The number comes last: until the end nobody else of the tenant gets one. */
  async create(dto: CreateQuoteDto, by: Principal): Promise<QuoteDto> {
    const { tenantId, actor } = this.context.current;
    const terms = newTerms(dto);
    await this.holdParties(terms);
    const inputs = (dto.lines ?? []).map((line, at) => lineInput(line, { id: newId(), lineNumber: at + 1 }));
    const { lines, figures } = priceDraft(terms, await this.rates.resolve(inputs, rateTerms(terms, by)));
    const { subtotal, discountAmount, taxAmount, totalAmount } = figures;
    const id = newId();
    const number = await nextNumber(this.db, { tenantId, kind: 'quote', day: dayOf(new Date()) });
    const values = { ...terms, subtotal, discountAmount, taxAmount, totalAmount, number };
    const row = { ...values, id, tenantId, createdBy: actor.id, metadata: dto.metadata ?? {} };
    const [made] = await Promise.all([
      this.store.insert(row),
      this.store.storeLines(id, [], lines),
      this.store.writeVersion(id, null),
      this.store.record('create', id, { number, totalAmount }),
    ]);
    return quoteAnswer(made, lines);
  }

  update(id: string, dto: UpdateQuoteDto, editing: Omit<Editing, 'verb'>): Promise<QuoteDto> {
    const isContent = Object.entries(dto).some(
      ([field, value]) => field !== 'metadata' && value !== undefined,
    );
    return this.edits.edit(id, { ...editing, verb: 'update', isContent }, async ({ row, lines }) => {
      const before = contentOf(row);
      const terms = changedTerms(before, dto);
      const hasOtherParties = terms.customerId !== before.customerId || terms.projectId !== before.projectId;
      if (hasOtherParties) await this.holdParties(terms);
      if (terms.currency !== before.currency && lines.length > 0) throw quotingProblems.currencyFixed();
      const drafts =
        terms.validFrom === before.validFrom ? lines : await this.rates.taxedOn(lines, terms.validFrom);
      return { terms, lines: drafts, ...(dto.metadata && { metadata: dto.metadata }) };
    });
  }

  /** A draft only; its number is not given again. */
  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const quote = await this.store.lock(id, ifMatch);
    if (quote.status !== 'draft') throw await this.moves.wrongState(quote, 'delete');
    await Promise.all([
      this.store.update(id, { deletedAt: new Date().toISOString() }),
      this.store.record('delete', id, { number: quote.row.number }),
    ]);
  }

  /** Nobody deletes them until the quote refers to them. Throws `CUSTOMER_NOT_FOUND`, `PROJECT_NOT_FOUND`. */
  private async holdParties(of: { customerId: string; projectId: string | null }): Promise<void> {
    await holdCustomer(this.db, of.customerId);
    if (of.projectId === null) return;
    const found = await this.db
      .select({ id: projects.id })
      .from(projects)
      .where(
        and(
          eq(projects.id, of.projectId),
          eq(projects.customerId, of.customerId),
          isNull(projects.deletedAt),
        ),
      )
      .for('share');
    if (found.length === 0) throw catalogueProblems.projectNotFound();
  }
}
