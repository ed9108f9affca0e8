import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { has, mentions, orderOf } from '../lists.js';
import { catalogueProblems } from '../catalogue.problems.js';
import type {
  ContactDto,
  ContactParams,
  ContactsQuery,
  CreateContactDto,
  UpdateContactDto,
} from './contacts.dto.js';
import { holdCustomer, mustHaveCustomer } from './customers.queries.js';
import { customerContacts } from './customers.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(customerContacts);
const VERSIONED = { ...COLUMNS, etag: rowVersion(customerContacts) };
const SORTABLE = {
  table: customerContacts,
  columns: { createdAt: customerContacts.id, name: customerContacts.name },
};

/** The people of a customer. Each method throws `CUSTOMER_NOT_FOUND` where there is none. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(customerId: string, query: ContactsQuery): Promise<Page<ContactDto>> {
    const order = orderOf(`contacts of ${customerId}`, SORTABLE, query);
    const [, rows] = await Promise.all([
      mustHaveCustomer(this.db, customerId),
      this.db
        .select(COLUMNS)
        .from(customerContacts)
        .where(
          and(
            eq(customerContacts.customerId, customerId),
            isNull(customerContacts.deletedAt),
            mentions(query.q, customerContacts.name, customerContacts.role, customerContacts.email),
            has(customerContacts.isPrimary, query.isPrimary),
            order.behind,
          ),
        )
        .orderBy(...order.by)
        .limit(query.limit + 1),
    ]);
    return pageOf(order.name, query, rows);
  }

  async get(params: ContactParams): Promise<ContactDto> {
    const [, [row]] = await Promise.all([
      mustHaveCustomer(this.db, params.id),
      this.db.select(VERSIONED).from(customerContacts).where(live(params)),
    ]);
    if (!row) throw catalogueProblems.contactNotFound();
    return withETag(row);
  }

  async create(customerId: string, dto: CreateContactDto): Promise<ContactDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    await holdCustomer(this.db, customerId, 'update');
    if (dto.isPrimary) await this.demoteOthers(customerId);
    const [[row]] = await Promise.all([
      this.db
        .insert(customerContacts)
        .values({ ...dto, tenantId, id, customerId })
        .returning(VERSIONED),
      this.record('create', id, { ...dto, customerId }),
    ]);
    return withETag(row!);
  }

  async update(params: ContactParams, dto: UpdateContactDto, ifMatch: Precondition): Promise<ContactDto> {
    await this.lock(params, ifMatch);
    if (dto.isPrimary) await this.demoteOthers(params.id);
    const [[row]] = await Promise.all([
      this.db
        .update(customerContacts)
        .set({ ...dto, updatedAt: sql`now()` })
        .where(live(params))
        .returning(VERSIONED),
      this.record('update', params.contactId, { ...dto }),
    ]);
    return withETag(row!);
  }

  async remove(params: ContactParams, ifMatch: Precondition): Promise<void> {
    await this.lock(params, ifMatch);
    await Promise.all([
      this.db
        .update(customerContacts)
        .set({ deletedAt: sql`now()` })
        .where(live(params)),
      this.record('remove', params.contactId, { customerId: params.id }),
    ]);
  }

  /** The customer is held: of two who become primary at once, the second comes after the first. */
  private async demoteOthers(customerId: string): Promise<void> {
    await this.db
      .update(customerContacts)
      .set({ isPrimary: false, updatedAt: sql`now()` })
      .where(
        and(
          eq(customerContacts.customerId, customerId),
          eq(customerContacts.isPrimary, true),
          isNull(customerContacts.deletedAt),
        ),
      );
  }

  private async lock(params: ContactParams, ifMatch: Precondition): Promise<void> {
    await holdCustomer(this.db, params.id, 'update');
    const [row] = await this.db.select(VERSIONED).from(customerContacts).where(live(params)).for('update');
    if (!row) throw catalogueProblems.contactNotFound();
    ifMatch.refuseStale(row);
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({ action: `contacts.${verb}`, entityType: 'contact', entityId, newValues });
  }
}

const live = ({ id, contactId }: ContactParams) =>
  and(
    eq(customerContacts.customerId, id),
    eq(customerContacts.id, contactId),
    isNull(customerContacts.deletedAt),
  );
