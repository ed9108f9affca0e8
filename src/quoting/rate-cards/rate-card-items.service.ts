import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { has, mentions, orderOf } from '../lists.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { refusedBy } from '../refused-by.js';
import { holdCategory } from '../service-categories/service-categories.queries.js';
import type {
  CreateRateCardItemDto,
  RateCardItemDto,
  RateCardItemParams,
  RateCardItemsQuery,
  UpdateRateCardItemDto,
} from './rate-card-items.dto.js';
import { holdCard, mustHaveCard } from './rate-cards.queries.js';
import { rateCardItems } from './rate-cards.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(rateCardItems);
const VERSIONED = { ...COLUMNS, etag: rowVersion(rateCardItems) };
const SORTABLE = {
  table: rateCardItems,
  columns: {
    sortOrder: rateCardItems.sortOrder,
    createdAt: rateCardItems.id,
    itemCode: rateCardItems.itemCode,
    name: rateCardItems.name,
  },
};

/** The rates of a card. Each method throws `RATE_CARD_NOT_FOUND` where there is none. */
@Injectable()
export class RateCardItemsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(rateCardId: string, query: RateCardItemsQuery): Promise<Page<RateCardItemDto>> {
    const order = orderOf(`items of ${rateCardId}`, SORTABLE, query);
    const [, rows] = await Promise.all([
      mustHaveCard(this.db, rateCardId),
      this.db
        .select(COLUMNS)
        .from(rateCardItems)
        .where(
          and(
            eq(rateCardItems.rateCardId, rateCardId),
            isNull(rateCardItems.deletedAt),
            mentions(query.q, rateCardItems.itemCode, rateCardItems.name),
            has(rateCardItems.serviceCategoryId, query.serviceCategory),
            order.behind,
          ),
        )
        .orderBy(...order.by)
        .limit(query.limit + 1),
    ]);
    return pageOf(order.name, query, rows);
  }

  async get(params: RateCardItemParams): Promise<RateCardItemDto> {
    const [, [row]] = await Promise.all([
      mustHaveCard(this.db, params.id),
      this.db.select(VERSIONED).from(rateCardItems).where(live(params)),
    ]);
    if (!row) throw catalogueProblems.rateCardItemNotFound();
    return withETag(row);
  }

  async create(rateCardId: string, dto: CreateRateCardItemDto): Promise<RateCardItemDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    await holdCard(this.db, rateCardId);
    if (dto.serviceCategoryId) await holdCategory(this.db, dto.serviceCategoryId);
    const [row] = await this.db
      .insert(rateCardItems)
      .values({ ...dto, tenantId, id, rateCardId })
      .returning(VERSIONED)
      .catch(REFUSAL);
    await this.record('create', id, { ...dto, rateCardId });
    return withETag(row!);
  }

  async update(
    params: RateCardItemParams,
    dto: UpdateRateCardItemDto,
    ifMatch: Precondition,
  ): Promise<RateCardItemDto> {
    await this.lock(params, ifMatch);
    if (dto.serviceCategoryId) await holdCategory(this.db, dto.serviceCategoryId);
    const [row] = await this.db
      .update(rateCardItems)
      .set({ ...dto, updatedAt: sql`now()` })
      .where(live(params))
      .returning(VERSIONED)
      .catch(REFUSAL);
    await this.record('update', params.itemId, { ...dto });
    return withETag(row!);
  }

  /** Lines that got their price from it keep it. */
  async remove(params: RateCardItemParams, ifMatch: Precondition): Promise<void> {
    const { itemCode } = await this.lock(params, ifMatch);
    await Promise.all([
      this.db
        .update(rateCardItems)
        .set({ deletedAt: sql`now()` })
        .where(live(params)),
      this.record('remove', params.itemId, { itemCode, rateCardId: params.id }),
    ]);
  }

  private async lock(params: RateCardItemParams, ifMatch: Precondition) {
    await holdCard(this.db, params.id);
    const [row] = await this.db.select(VERSIONED).from(rateCardItems).where(live(params)).for('update');
    if (!row) throw catalogueProblems.rateCardItemNotFound();
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `rate_card_items.${verb}`,
      entityType: 'rate_card_item',
      entityId,
      newValues,
    });
  }
}

const live = ({ id, itemId }: RateCardItemParams) =>
  and(eq(rateCardItems.rateCardId, id), eq(rateCardItems.id, itemId), isNull(rateCardItems.deletedAt));

const REFUSAL = refusedBy({
  rate_card_items_code_live: catalogueProblems.rateCardItemExists,
  rate_card_items_time_in_order: catalogueProblems.periodReversed,
});
