import { Injectable } from '@nestjs/common';
import { and, getTableColumns, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { mentions, orderOf } from '../lists.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { isRated } from '../rate-cards/rate-cards.queries.js';
import { refusedBy } from '../refused-by.js';
import type {
  CreateServiceCategoryDto,
  ServiceCategoriesQuery,
  ServiceCategoryDto,
  UpdateServiceCategoryDto,
} from './service-categories.dto.js';
import { isLiveCategory } from './service-categories.queries.js';
import { serviceCategories } from './service-categories.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(serviceCategories);
const VERSIONED = { ...COLUMNS, etag: rowVersion(serviceCategories) };
const SORTABLE = {
  table: serviceCategories,
  columns: {
    createdAt: serviceCategories.id,
    code: serviceCategories.code,
    name: serviceCategories.name,
  },
};

/** The kinds of work of the calling tenant. */
@Injectable()
export class ServiceCategoriesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: ServiceCategoriesQuery): Promise<Page<ServiceCategoryDto>> {
    const order = orderOf('service-categories', SORTABLE, query);
    const rows = await this.db
      .select(COLUMNS)
      .from(serviceCategories)
      .where(
        and(
          isNull(serviceCategories.deletedAt),
          mentions(query.q, serviceCategories.code, serviceCategories.name),
          order.behind,
        ),
      )
      .orderBy(...order.by)
      .limit(query.limit + 1);
    return pageOf(order.name, query, rows);
  }

  async get(id: string): Promise<ServiceCategoryDto> {
    const [row] = await this.db.select(VERSIONED).from(serviceCategories).where(isLiveCategory(id));
    if (!row) throw catalogueProblems.serviceCategoryNotFound();
    return withETag(row);
  }

  async create(dto: CreateServiceCategoryDto): Promise<ServiceCategoryDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    const [row] = await this.db
      .insert(serviceCategories)
      .values({ ...dto, tenantId, id })
      .returning(VERSIONED)
      .catch(refusal(dto));
    await this.record('create', id, { ...dto });
    return withETag(row!);
  }

  async update(
    id: string,
    dto: UpdateServiceCategoryDto,
    ifMatch: Precondition,
  ): Promise<ServiceCategoryDto> {
    await this.lock(id, ifMatch);
    const [row] = await this.db
      .update(serviceCategories)
      .set({ ...dto, updatedAt: sql`now()` })
      .where(isLiveCategory(id))
      .returning(VERSIONED)
      .catch(refusal(dto));
    await this.record('update', id, { ...dto });
    return withETag(row!);
  }

  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const { code } = await this.lock(id, ifMatch);
    if (await isRated(this.db, id)) throw catalogueProblems.serviceCategoryInUse(code);
    await Promise.all([
      this.db
        .update(serviceCategories)
        .set({ deletedAt: sql`now()` })
        .where(isLiveCategory(id)),
      this.record('remove', id, { code }),
    ]);
  }

  private async lock(id: string, ifMatch: Precondition) {
    const [row] = await this.db
      .select(VERSIONED)
      .from(serviceCategories)
      .where(isLiveCategory(id))
      .for('update');
    if (!row) throw catalogueProblems.serviceCategoryNotFound();
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `service_categories.${verb}`,
      entityType: 'service_category',
      entityId,
      newValues,
    });
  }
}

const refusal = ({ code = '' }: UpdateServiceCategoryDto) =>
  refusedBy({ service_categories_code_live: () => catalogueProblems.serviceCategoryExists(code) });
