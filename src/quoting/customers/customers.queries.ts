import { type SQL, and, eq, isNull } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { quotes } from '../quotes/quotes.schema.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { customers } from './customers.schema.js';

export const isLiveCustomer = (id: string): SQL | undefined =>
  and(eq(customers.id, id), isNull(customers.deletedAt));

/** Throws `CUSTOMER_NOT_FOUND`. */
export async function mustHaveCustomer(db: TenantDatabase, id: string): Promise<void> {
  refuseNone(await db.select({ id: customers.id }).from(customers).where(isLiveCustomer(id)));
}

/**
 * Keeps a customer from being deleted until the transaction ends: for whatever is about to refer to it. `share` lets
 * others refer to it, too. Throws `CUSTOMER_NOT_FOUND`.
 */
export async function holdCustomer(
  db: TenantDatabase,
  id: string,
  strength: 'share' | 'update' = 'share',
): Promise<void> {
  const query = db.select({ id: customers.id }).from(customers).where(isLiveCustomer(id));
  refuseNone(await query.for(strength));
}

/** Does a quote that was not deleted refer to this customer, or to this project? */
export async function isQuoted(
  db: TenantDatabase,
  of: { customerId: string } | { projectId: string },
): Promise<boolean> {
  const refers =
    'customerId' in of ? eq(quotes.customerId, of.customerId) : eq(quotes.projectId, of.projectId);
  const rows = await db
    .select({ id: quotes.id })
    .from(quotes)
    .where(and(refers, isNull(quotes.deletedAt)))
    .limit(1);
  return rows.length > 0;
}

function refuseNone(rows: unknown[]): void {
  if (rows.length === 0) throw catalogueProblems.customerNotFound();
}
