import { Injectable } from '@nestjs/common';
import { and, arrayContains, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, matchesMetadata, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { has, mentions, orderOf } from '../lists.js';
import { nextNumber } from '../numbers/next-number.queries.js';
import { dayOf } from '../quotes/expiry.js';
import { projects } from '../projects/projects.schema.js';
import { catalogueProblems } from '../catalogue.problems.js';
import type { CreateCustomerDto, CustomerDto, CustomersQuery, UpdateCustomerDto } from './customers.dto.js';
import { isLiveCustomer, isQuoted } from './customers.queries.js';
import { customerContacts, customers } from './customers.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(customers);
const VERSIONED = { ...COLUMNS, etag: rowVersion(customers) };
const SORTABLE = {
  table: customers,
  columns: { createdAt: customers.id, companyName: customers.companyName },
};

/** The customers of the calling tenant. */
@Injectable()
export class CustomersService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: CustomersQuery): Promise<Page<CustomerDto>> {
    const order = orderOf('customers', SORTABLE, query);
    const rows = await this.db
      .select(COLUMNS)
      .from(customers)
      .where(
        and(
          isNull(customers.deletedAt),
          mentions(query.q, customers.number, customers.companyName, customers.legalName, customers.email),
          has(customers.status, query.status),
          has(customers.type, query.type),
          query.tag === undefined ? undefined : arrayContains(customers.tags, [query.tag]),
          matchesMetadata(customers.metadata, query.metadata),
          order.behind,
        ),
      )
      .orderBy(...order.by)
      .limit(query.limit + 1);
    return pageOf(order.name, query, rows);
  }

  async get(id: string): Promise<CustomerDto> {
    const [row] = await this.db.select(VERSIONED).from(customers).where(isLiveCustomer(id));
    if (!row) throw catalogueProblems.customerNotFound();
    return withETag(row);
  }

  async create(dto: CreateCustomerDto): Promise<CustomerDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    const day = dayOf(new Date());
    const number = await nextNumber(this.db, { tenantId, kind: 'customer', day });
    const [[row]] = await Promise.all([
      this.db
        .insert(customers)
        .values({ ...dto, tenantId, id, number })
        .returning(VERSIONED),
      this.record('create', id, { ...dto, number }),
    ]);
    return withETag(row!);
  }

  async update(id: string, dto: UpdateCustomerDto, ifMatch: Precondition): Promise<CustomerDto> {
    await this.lock(id, ifMatch);
    const [[row]] = await Promise.all([
      this.db
        .update(customers)
        .set({ ...dto, updatedAt: sql`now()` })
        .where(isLiveCustomer(id))
        .returning(VERSIONED),
      this.record('update', id, { ...dto }),
    ]);
    return withETag(row!);
  }

  /** Its contacts and projects go with it: none of them has a quote. */
  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const { number } = await this.lock(id, ifMatch);
    if (await isQuoted(this.db, { customerId: id })) throw catalogueProblems.customerHasQuotes(number);
    const deletedAt = sql`now()`;
    await Promise.all([
      ...[customerContacts, projects].map((table) =>
        this.db
          .update(table)
          .set({ deletedAt })
          .where(and(eq(table.customerId, id), isNull(table.deletedAt))),
      ),
      this.db.update(customers).set({ deletedAt }).where(isLiveCustomer(id)),
      this.record('remove', id, { number }),
    ]);
  }

  private async lock(id: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(customers).where(isLiveCustomer(id)).for('update');
    if (!row) throw catalogueProblems.customerNotFound();
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({ action: `customers.${verb}`, entityType: 'customer', entityId, newValues });
  }
}
