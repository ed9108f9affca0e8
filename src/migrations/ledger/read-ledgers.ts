import type { RunQuery } from '../run-query.js';
import type { DrizzleLedgerRow, LedgerRow } from './ledger.js';
import { readDrizzleLedger, readLedger } from './ledger-table.js';

export interface Ledgers {
  /** undefined: the database has no ledger of ours. */
  own: LedgerRow[] | undefined;
  /** Empty also where drizzle has none. */
  drizzle: DrizzleLedgerRow[];
}

/** Both ledgers, as the migrator or an admin; nothing is created. */
export async function readLedgers(query: RunQuery): Promise<Ledgers> {
  const { rows } = await query(`
    SELECT to_regclass('rowhouse.migrations') IS NOT NULL AS own,
           to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS drizzle`);
  const read = async (isThere: unknown, text: string) =>
    isThere === true ? (await query(text)).rows : undefined;
  return {
    own: (await read(rows[0]?.['own'], readLedger)) as LedgerRow[] | undefined,
    drizzle: ((await read(rows[0]?.['drizzle'], readDrizzleLedger)) ?? []) as unknown as DrizzleLedgerRow[],
  };
}
