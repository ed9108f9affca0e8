import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { has, orderOf } from '../lists.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { refusedBy } from '../refused-by.js';
import type { CreateTaxRateDto, TaxRateDto, TaxRatesQuery, UpdateTaxRateDto } from './tax-rates.dto.js';
import { taxRates } from './tax-rates.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(taxRates);
const VERSIONED = { ...COLUMNS, etag: rowVersion(taxRates) };
const SORTABLE = { table: taxRates, columns: { createdAt: taxRates.id, validFrom: taxRates.validFrom } };

/** The tax rates of the calling tenant. Lines have copies of them: a change is for quotes that are priced after it. */
@Injectable()
export class TaxRatesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: TaxRatesQuery): Promise<Page<TaxRateDto>> {
    const order = orderOf('tax-rates', SORTABLE, query);
    const rows = await this.db
      .select(COLUMNS)
      .from(taxRates)
      .where(and(isNull(taxRates.deletedAt), has(taxRates.taxClass, query.taxClass), order.behind))
      .orderBy(...order.by)
      .limit(query.limit + 1);
    return pageOf(order.name, query, rows);
  }

  async get(id: string): Promise<TaxRateDto> {
    const [row] = await this.db.select(VERSIONED).from(taxRates).where(live(id));
    if (!row) throw catalogueProblems.taxRateNotFound();
    return withETag(row);
  }

  async create(dto: CreateTaxRateDto): Promise<TaxRateDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    const [row] = await this.db
      .insert(taxRates)
      .values({ ...dto, tenantId, id })
      .returning(VERSIONED)
      .catch(REFUSAL);
    await this.record('create', id, { ...dto });
    return withETag(row!);
  }

  async update(id: string, dto: UpdateTaxRateDto, ifMatch: Precondition): Promise<TaxRateDto> {
    await this.lock(id, ifMatch);
    const [row] = await this.db
      .update(taxRates)
      .set({ ...dto, updatedAt: sql`now()` })
      .where(live(id))
      .returning(VERSIONED)
      .catch(REFUSAL);
    await this.record('update', id, { ...dto });
    return withETag(row!);
  }

  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const { taxClass, validFrom } = await this.lock(id, ifMatch);
    await Promise.all([
      this.db
        .update(taxRates)
        .set({ deletedAt: sql`now()` })
        .where(live(id)),
      this.record('remove', id, { taxClass, validFrom }),
    ]);
  }

  private async lock(id: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(taxRates).where(live(id)).for('update');
    if (!row) throw catalogueProblems.taxRateNotFound();
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({ action: `tax_rates.${verb}`, entityType: 'tax_rate', entityId, newValues });
  }
}

const live = (id: string) => and(eq(taxRates.id, id), isNull(taxRates.deletedAt));

const REFUSAL = refusedBy({
  tax_rates_class_live: catalogueProblems.taxRateExists,
  tax_rates_exempt_is_zero: catalogueProblems.exemptIsNotTaxed,
});
