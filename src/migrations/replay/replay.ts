import type { ClientConfig } from 'pg';
import type { Catalog } from '../catalog/catalog.js';
import { readCatalog } from '../catalog/read-catalog.js';
import type { FolderContent } from '../folder/folder-content.js';
import { handOver } from '../ledger/write-ledger.js';
import { queryOf, type RunQuery } from '../run-query.js';
import { failureOf } from '../run/failure.js';
import { parseStep, type RunnableStep } from '../run/parse-step.js';
import { loadParser } from '../sql/parser.js';
import { stepsNamed } from './steps-named.js';
import { withThrowawayDatabase } from './throwaway-database.js';

/**
 * The catalogue that these steps make of an empty database, in the order given. They are run on a database of its own on
 * the server of `admin`, which is dropped again.
 * @param admin a superuser of a server to throw things at.
 * @throws MigrationError (SQL_ERROR) where a step fails there, (INTEGRITY) where its file is missing.
 */
export async function replay(admin: ClientConfig, folder: FolderContent, tags: string[]): Promise<Catalog> {
  await loadParser();
  const steps = stepsNamed(folder, tags).map(parseStep);
  return withThrowawayDatabase(admin, async (client) => {
    const query = queryOf(client);
    for (const step of steps) await run(query, step);
    return readCatalog(query);
  });
}

/** Without time-outs, locks and ledger: nobody else is there. */
async function run(query: RunQuery, step: RunnableStep): Promise<void> {
  // Each time, since handing over goes back to the admin, and a step may have set anything.
  await query('RESET ALL');
  await query('SET SESSION AUTHORIZATION rowhouse_migrator');
  await query('SET row_security = off');
  if (step.isTransactional) await query('BEGIN');
  for (const statement of step.statements) {
    try {
      await query(statement.text);
    } catch (error) {
      throw failureOf(error, step, statement);
    }
  }
  await handOver(query);
  if (step.isTransactional) await query('COMMIT');
}
