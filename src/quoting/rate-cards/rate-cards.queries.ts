import { type SQL, and, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { rateCardItems, rateCards } from './rate-cards.schema.js';

export const isLiveCard = (id: string) => and(eq(rateCards.id, id), isNull(rateCards.deletedAt));

/** Throws `RATE_CARD_NOT_FOUND`. */
export async function mustHaveCard(db: TenantDatabase, id: string): Promise<void> {
  refuseNone(await db.select({ id: rateCards.id }).from(rateCards).where(isLiveCard(id)));
}

/** Keeps it from being deleted until the transaction ends. Throws `RATE_CARD_NOT_FOUND`. */
export async function holdCard(db: TenantDatabase, id: string): Promise<void> {
  refuseNone(await db.select({ id: rateCards.id }).from(rateCards).where(isLiveCard(id)).for('share'));
}

/** Does a card that was not deleted have a rate for this service category? */
export async function isRated(db: TenantDatabase, serviceCategoryId: string): Promise<boolean> {
  const rows = await db
    .select({ id: rateCardItems.id })
    .from(rateCardItems)
    .innerJoin(rateCards, eq(rateCards.id, rateCardItems.rateCardId))
    .where(
      and(
        eq(rateCardItems.serviceCategoryId, serviceCategoryId),
        isNull(rateCardItems.deletedAt),
        isNull(rateCards.deletedAt),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

function refuseNone(rows: unknown[]): void {
  if (rows.length === 0) throw catalogueProblems.rateCardNotFound();
}

/** Rows that are in force on that day. */
export const isInForceOn = (day: string): SQL | undefined =>
  and(
    lte(rateCards.effectiveFrom, day),
    or(isNull(rateCards.effectiveUntil), gte(rateCards.effectiveUntil, day)),
  );
