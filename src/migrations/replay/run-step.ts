import { type FolderContent, fileOf, type SqlFile } from '../folder/folder-content.js';
import { ExitCode } from '../exit-code.js';
import { handOver } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';
import { parseSql } from '../sql/parse.js';
import { sqlFailure } from '../sql/sql-failure.js';
import { type ParsedSql, SqlSyntaxError, type Statement } from '../sql/statement.js';

/** A file of SQL that a command is going to run. */
export interface Script {
  tag: string;
  file: SqlFile;
  sql: ParsedSql;
  isTransactional: boolean;
}

/**
 * The step of the journal with this tag, parsed.
 * @throws MigrationError (INTEGRITY) where its file is missing or is no SQL.
 */
export function scriptOf(folder: FolderContent, tag: string): Script {
  const file = fileOf(folder, tag);
  if (!file)
    throw new MigrationError(ExitCode.INTEGRITY, `The journal names ${tag}, but there is no ${tag}.sql`, {
      tag,
      remedy: `restore ${tag}.sql from git`,
    });
  return parseScript(tag, file);
}

/** @throws MigrationError (INTEGRITY) where it is no SQL. */
export function parseScript(tag: string, file: SqlFile): Script {
  try {
    const sql = parseSql(file.text);
    const isTransactional = !sql.directives.some(({ name }) => name === 'no-transaction');
    return { tag, file, sql, isTransactional };
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    const { message, position } = error;
    throw new MigrationError(ExitCode.INTEGRITY, message, { tag, file: file.name, position });
  }
}

/** All of it, in a transaction if it is to have one, with `record` in the same; what it created goes to the owner. */
export async function runScript(
  query: RunQuery,
  script: Script,
  record: () => Promise<void> = async () => undefined,
): Promise<void> {
  if (!script.isTransactional) await runStatements(query, script);
  await query('BEGIN');
  try {
    if (script.isTransactional) await runStatements(query, script);
    await handOver(query);
    await record();
    await query('COMMIT');
  } catch (error) {
    await query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function runStatements(query: RunQuery, script: Script): Promise<void> {
  for (const statement of script.sql.statements) await runStatement(query, script, statement);
}

/** @throws MigrationError (SQL_ERROR) with the place in the file. */
export async function runStatement(
  query: RunQuery,
  { tag, file }: Script,
  statement: Statement,
): Promise<void> {
  try {
    await query(statement.text);
  } catch (error) {
    throw sqlFailure(error, { tag, file, statement });
  }
}
