import { relations, sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable, tenants } from '../../database/schema.js';
import { isOneOf } from '../checks.js';

export const CUSTOMER_STATUSES = ['active', 'inactive', 'prospect'] as const;
export const CUSTOMER_TYPES = ['business', 'individual', 'government'] as const;

/** Whom quotes are for. */
export const customers = tenantTable(
  'customers',
  {
    /** `CUST-0001`; kept when the customer is deleted, so that it is never given twice. */
    number: text('number').notNull(),
    companyName: text('company_name').notNull(),
    legalName: text('legal_name'),
    status: text('status', { enum: CUSTOMER_STATUSES }).notNull().default('prospect'),
    type: text('type', { enum: CUSTOMER_TYPES }).notNull().default('business'),
    industry: text('industry'),
    website: text('website'),
    email: text('email'),
    phone: text('phone'),
    taxId: text('tax_id'),
    addressLine1: text('address_line1'),
    addressLine2: text('address_line2'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postal_code'),
    /** Two letters (ISO 3166-1). */
    country: text('country'),
    tags: text('tags')
      .array()
      .notNull()
      .default(sql`'{}'`),
    metadata: metadata(),
  },
  (t) => [
    uniqueIndex('customers_number').on(t.tenantId, t.number),
    index('customers_name').on(t.tenantId, t.companyName, t.id),
    index('customers_status').on(t.tenantId, t.status, t.id),
    metadataCheck('customers', t.metadata),
    check('customers_company_name_length', sql`length(${t.companyName}) between 1 and 255`),
    check('customers_country_code', sql`${t.country} ~ '^[A-Z]{2}$'`),
    isOneOf('customers_status_known', t.status, CUSTOMER_STATUSES),
    isOneOf('customers_type_known', t.type, CUSTOMER_TYPES),
  ],
);

/** The people of a customer. */
export const customerContacts = tenantTable(
  'customer_contacts',
  {
    customerId: uuid('customer_id').notNull(),
    name: text('name').notNull(),
    role: text('role'),
    email: text('email'),
    phone: text('phone'),
    isPrimary: boolean('is_primary').notNull().default(false),
  },
  (t) => [
    foreignKey({
      name: 'customer_contacts_customer_fkey',
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }),
    uniqueIndex('customer_contacts_one_primary')
      .on(t.tenantId, t.customerId)
      .where(sql`${t.isPrimary} and ${t.deletedAt} is null`),
    index('customer_contacts_customer').on(t.tenantId, t.customerId, t.id),
    check('customer_contacts_name_length', sql`length(${t.name}) between 1 and 255`),
  ],
);

export const customersRelations = relations(customers, ({ one, many }) => ({
  tenant: one(tenants, { fields: [customers.tenantId], references: [tenants.id] }),
  contacts: many(customerContacts),
}));
export const customerContactsRelations = relations(customerContacts, ({ one }) => ({
  customer: one(customers, {
    fields: [customerContacts.tenantId, customerContacts.customerId],
    references: [customers.tenantId, customers.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    customers: typeof customers;
    customerContacts: typeof customerContacts;
    customersRelations: typeof customersRelations;
    customerContactsRelations: typeof customerContactsRelations;
  }
}
