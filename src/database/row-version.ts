import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/**
 * The version of a row, for `ETag` and `If-Match`: the transaction that wrote it last (`xmin`). Every table has it, every
 * UPDATE changes it, no write can forget to, and `RETURNING` answers the new one. Ask for it in `select()` and `returning()`.
 *
 * Two updates in one transaction have one version: nobody outside sees the first. A dump that is restored gives all rows
 * new versions; after a restore to a point in time a transaction number can come again, as it does after 2^32 transactions.
 */
export const rowVersion = (table: PgTable): SQL<string> => sql<string>`${table}.xmin::text`;
