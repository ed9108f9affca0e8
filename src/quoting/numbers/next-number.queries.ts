import { sql } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import { counters } from './counters.schema.js';
import { type Numbered, counterYear, numberOf } from './numbers.js';

/** Whose counter, and the day (in UTC) that says of which year. */
export interface NumberRequest {
  tenantId: string;
  kind: Numbered;
  day: string;
}

/**
 * The next number of a kind. The counter's row stays locked until the transaction ends: others of the tenant wait, and take
 * the same number if it fails, so that none is left out. Ask for it last, and hold nothing up by work after it.
 */
export async function nextNumber(
  db: TenantDatabase,
  { tenantId, kind, day }: NumberRequest,
): Promise<string> {
  const year = counterYear(kind, day);
  const [counter] = await db
    .insert(counters)
    .values({ tenantId, kind, year, value: 1 })
    .onConflictDoUpdate({
      target: [counters.tenantId, counters.kind, counters.year],
      set: { value: sql`${counters.value} + 1`, updatedAt: sql`now()` },
    })
    .returning({ value: counters.value });
  return numberOf(kind, year, counter!.value);
}
