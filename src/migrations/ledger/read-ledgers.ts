import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';
import type { DrizzleLedgerRow, LedgerRow } from './ledger.js';
import { readDrizzleLedger, readLedger } from './ledger-table.js';

export interface Ledgers {
  /** undefined: the database has no ledger of ours. */
  own: LedgerRow[] | undefined;
  /** Empty also where drizzle has none. */
  drizzle: DrizzleLedgerRow[];
}

/**
 * Both ledgers, as the migrator or an admin; nothing is created.
 * @throws MigrationError (USAGE) where they belong to a login that is none of ours.
 */
export async function readLedgers(query: RunQuery): Promise<Ledgers> {
  try {
    return await readBoth(query);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new MigrationError(ExitCode.USAGE, `The ledger cannot be read: ${(error as Error).message}`, {
      sqlState: '42501',
      detail: 'It belongs to the login that migrated this database until now.',
      remedy:
        'as an administrator: ALTER SCHEMA drizzle OWNER TO rowhouse_owner; ALTER TABLE drizzle.__drizzle_migrations OWNER ' +
        'TO rowhouse_owner; and the same for every table that login owns; then run "npm run db:adopt"',
      cause: error,
    });
  }
}

async function readBoth(query: RunQuery): Promise<Ledgers> {
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
