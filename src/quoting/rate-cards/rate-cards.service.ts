import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, isNull, ne, sql } from 'drizzle-orm';
import { TenantDatabase, matchesMetadata, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { has, mentions, orderOf } from '../lists.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { refusedBy } from '../refused-by.js';
import type { CreateRateCardDto, RateCardDto, RateCardsQuery, UpdateRateCardDto } from './rate-cards.dto.js';
import { isInForceOn, isLiveCard } from './rate-cards.queries.js';
import { rateCards } from './rate-cards.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(rateCards);
const VERSIONED = { ...COLUMNS, etag: rowVersion(rateCards) };
const SORTABLE = {
  table: rateCards,
  columns: { createdAt: rateCards.id, name: rateCards.name, effectiveFrom: rateCards.effectiveFrom },
};

/** The rate cards of the calling tenant. */
@Injectable()
export class RateCardsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: RateCardsQuery): Promise<Page<RateCardDto>> {
    const order = orderOf('rate-cards', SORTABLE, query);
    const rows = await this.db
      .select(COLUMNS)
      .from(rateCards)
      .where(
        and(
          isNull(rateCards.deletedAt),
          mentions(query.q, rateCards.name),
          has(rateCards.currency, query.currency),
          has(rateCards.isActive, query.isActive),
          has(rateCards.isDefault, query.isDefault),
          query.on === undefined ? undefined : isInForceOn(query.on),
          matchesMetadata(rateCards.metadata, query.metadata),
          order.behind,
        ),
      )
      .orderBy(...order.by)
      .limit(query.limit + 1);
    return pageOf(order.name, query, rows);
  }

  async get(id: string): Promise<RateCardDto> {
    const [row] = await this.db.select(VERSIONED).from(rateCards).where(isLiveCard(id));
    if (!row) throw catalogueProblems.rateCardNotFound();
    return withETag(row);
  }

  async create(dto: CreateRateCardDto): Promise<RateCardDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    if (dto.isDefault) await this.demoteOthers(id, dto.currency);
    const [row] = await this.db
      .insert(rateCards)
      .values({ ...dto, tenantId, id })
      .returning(VERSIONED)
      .catch(REFUSAL);
    await this.record('create', id, { ...dto });
    return withETag(row!);
  }

  async update(id: string, dto: UpdateRateCardDto, ifMatch: Precondition): Promise<RateCardDto> {
    const { currency } = await this.lock(id, ifMatch);
    if (dto.isDefault) await this.demoteOthers(id, currency);
    const [row] = await this.db
      .update(rateCards)
      .set({ ...dto, updatedAt: sql`now()` })
      .where(isLiveCard(id))
      .returning(VERSIONED)
      .catch(REFUSAL);
    await this.record('update', id, { ...dto });
    return withETag(row!);
  }

  /** Lines that got their price from it keep it. */
  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const { name, version } = await this.lock(id, ifMatch);
    await Promise.all([
      this.db
        .update(rateCards)
        .set({ deletedAt: sql`now()` })
        .where(isLiveCard(id)),
      this.record('remove', id, { name, version }),
    ]);
  }

  /** Of two who become the default at once, the unique index refuses the second. */
  private async demoteOthers(id: string, currency: string): Promise<void> {
    await this.db
      .update(rateCards)
      .set({ isDefault: false, updatedAt: sql`now()` })
      .where(
        and(
          eq(rateCards.currency, currency),
          eq(rateCards.isDefault, true),
          isNull(rateCards.deletedAt),
          ne(rateCards.id, id),
        ),
      );
  }

  private async lock(id: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(rateCards).where(isLiveCard(id)).for('update');
    if (!row) throw catalogueProblems.rateCardNotFound();
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({ action: `rate_cards.${verb}`, entityType: 'rate_card', entityId, newValues });
  }
}

const REFUSAL = refusedBy({
  rate_cards_version_live: catalogueProblems.rateCardExists,
  rate_cards_one_default: catalogueProblems.defaultRateCardTaken,
  rate_cards_time_in_order: catalogueProblems.periodReversed,
});
