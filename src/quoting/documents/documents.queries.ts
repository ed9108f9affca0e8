import { and, asc, eq, isNull } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { customers } from '../customers/customers.schema.js';
import { projects } from '../projects/projects.schema.js';
import { quoteLines } from '../quotes/quote-lines.schema.js';
import { quotes } from '../quotes/quotes.schema.js';

const QUOTE = {
  number: quotes.number,
  version: quotes.version,
  status: quotes.status,
  title: quotes.title,
  description: quotes.description,
  validFrom: quotes.validFrom,
  validUntil: quotes.validUntil,
  currency: quotes.currency,
  pricesIncludeTax: quotes.pricesIncludeTax,
  discountType: quotes.discountType,
  discountValue: quotes.discountValue,
  subtotal: quotes.subtotal,
  discountAmount: quotes.discountAmount,
  totalAmount: quotes.totalAmount,
  terms: quotes.terms,
  notes: quotes.notes,
  acceptedAt: quotes.acceptedAt,
  acceptedByName: quotes.acceptedByName,
  acceptedByRole: quotes.acceptedByRole,
};
const CUSTOMER = {
  number: customers.number,
  companyName: customers.companyName,
  legalName: customers.legalName,
  taxId: customers.taxId,
  addressLine1: customers.addressLine1,
  addressLine2: customers.addressLine2,
  city: customers.city,
  region: customers.region,
  postalCode: customers.postalCode,
  country: customers.country,
};
const PROJECT = { code: projects.code, name: projects.name };
const LINE = {
  lineNumber: quoteLines.lineNumber,
  sku: quoteLines.sku,
  description: quoteLines.description,
  quantity: quoteLines.quantity,
  unit: quoteLines.unit,
  unitPrice: quoteLines.unitPrice,
  discountType: quoteLines.discountType,
  discountValue: quoteLines.discountValue,
  taxRate: quoteLines.taxRate,
  net: quoteLines.net,
  tax: quoteLines.tax,
};

/** Whom a quote is for, and what it says; undefined: there is no such quote, or it is deleted. */
export async function quoteToShow(db: TenantDatabase, id: string) {
  const [[head], lines] = await Promise.all([
    db
      .select({ quote: QUOTE, customer: CUSTOMER, project: PROJECT })
      .from(quotes)
      .innerJoin(customers, and(eq(customers.tenantId, quotes.tenantId), eq(customers.id, quotes.customerId)))
      .leftJoin(projects, and(eq(projects.tenantId, quotes.tenantId), eq(projects.id, quotes.projectId)))
      .where(and(eq(quotes.id, id), isNull(quotes.deletedAt))),
    db
      .select(LINE)
      .from(quoteLines)
      .where(and(eq(quoteLines.quoteId, id), isNull(quoteLines.deletedAt)))
      .orderBy(asc(quoteLines.lineNumber)),
  ]);
  return head && { ...head, lines };
}
