import { type Client, escapeIdentifier } from 'pg';
import { withClient } from '../../../src/migrations/index.js';
import type { TestDatabase } from '../../support/database.js';
import type { Table } from './catalogue.js';

/** The tenants of all databases that the oracles fill, acme's side and globex's. */
export const TENANTS = [
  '00000000-0000-4000-8000-00000000acee',
  '00000000-0000-4000-8000-0000000910be',
] as const;

/**
 * Puts rows into the tables, `rows[i]` into `tables[i]`, past all walls and past the domain's CHECKs, which go: the rows
 * need make no sense to anybody but SQL.
 */
export async function fill(database: TestDatabase, tables: Table[], rows: object[][]): Promise<void> {
  await withClient({ connectionString: database.adminUrl }, async (admin) => {
    await admin.query(`SET session_replication_role = replica; ${await dropChecks(admin)}`);
    await admin.query(
      `INSERT INTO tenants (id, slug, name, status)
       VALUES ($1, 'oracles-acme', 'Acme', 'active'), ($2, 'oracles-globex', 'Globex', 'active')`,
      [...TENANTS],
    );
    for (const [i, { name, columns }] of tables.entries()) {
      const names = columns.map((column) => escapeIdentifier(column.name)).join(', ');
      await admin.query(
        `INSERT INTO ${escapeIdentifier(name)} (${names})
         SELECT ${names} FROM jsonb_populate_recordset(NULL::${escapeIdentifier(name)}, $1) ON CONFLICT DO NOTHING`,
        [JSON.stringify(rows[i])],
      );
    }
    await admin.query('ANALYZE');
  });
}

async function dropChecks(admin: Client): Promise<string> {
  const { rows } = await admin.query<{ drop: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop
     FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conrelid <> 0`,
  );
  return rows.map(({ drop }) => drop).join('; ');
}
