import { loadMigrationConnection } from '../config/index.js';
import type { DevelopmentDatabase } from '../local/index.js';
import { type Contents, contentsOf, refusalOf } from '../migrations/index.js';
import { askInTerminal, isTerminal } from './ask-in-terminal.js';

/**
 * What is in the database, if `verb` (`empties`, `seeds`) may be done to it; a terminal is asked for its name where that is
 * needed.
 * @throws MigrationError where it may not.
 */
export async function requireDisposable(
  { environment, isEmbedded }: DevelopmentDatabase,
  verb: string,
  name: string | undefined,
): Promise<Contents> {
  const connection = loadMigrationConnection(environment);
  const isProduction = environment['NODE_ENV'] === 'production';
  const named = { host: connection.host, isProduction, isEmbedded };
  // Before anything is asked of it: a production database is not even looked at.
  const refused =
    isProduction && refusalOf({ ...named, database: connection.database ?? '', typedName: name }, verb);
  if (refused) throw refused;
  const contents = await contentsOf(connection);
  const target = { ...named, database: contents.database };
  const typedName =
    name ?? (refusalOf({ ...target, typedName: name }, verb) && (await typed(contents, verb)));
  const refusal = refusalOf({ ...target, typedName }, verb);
  if (refusal) throw refusal;
  return contents;
}

async function typed({ database, tables, tenants }: Contents, verb: string): Promise<string | undefined> {
  if (!isTerminal()) return undefined;
  console.log(`This ${verb} ${database}, which holds ${tables} tables and ${tenants} tenants.`);
  return askInTerminal('Type its name to go on: ');
}
