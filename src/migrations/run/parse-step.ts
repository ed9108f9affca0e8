import { ExitCode } from '../exit-code.js';
import type { SqlFile } from '../folder/folder-content.js';
import { digestOf } from '../ledger/write-ledger.js';
import { MigrationError } from '../migration-error.js';
import type { PlannedStep } from '../plan/planner.js';
import { parseSql } from '../sql/parse.js';
import { type ParsedSql, SqlSyntaxError, type Statement } from '../sql/statement.js';

/** A step that is ready to run. */
export interface RunnableStep extends PlannedStep {
  /** All of the file's, also those that are done. */
  statements: Statement[];
  isTransactional: boolean;
  /** Tables that must have no rows, as the directives name them. */
  mustBeEmpty: string[];
}

/**
 * @throws MigrationError (SQL_ERROR) where the text is no SQL, or ends or begins a transaction: the runner's own would be
 * gone, and with it all or nothing.
 */
export function parseStep(step: PlannedStep): RunnableStep {
  const { statements, directives } = parseFile(step.file);
  const transaction = statements.find(({ node }) => 'TransactionStmt' in node);
  if (transaction) throw opensTransaction(step, transaction);
  return {
    ...step,
    statements,
    isTransactional: !directives.some(({ name }) => name === 'no-transaction'),
    mustBeEmpty: directives.filter(({ name }) => name === 'assert-empty').flatMap(({ words }) => words),
  };
}

export const digestsOf = (file: SqlFile): string[] =>
  parseFile(file).statements.map(({ text }) => digestOf(text));

function parseFile(file: SqlFile): ParsedSql {
  try {
    return parseSql(file.text);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    throw new MigrationError(ExitCode.SQL_ERROR, `Nothing was run: ${error.message}`, {
      tag: file.name.replace(/\.sql$/, ''),
      file: file.name,
      position: error.position,
      sqlState: '42601',
      remedy: `mend ${file.name}, and run "npm run db:check"`,
      cause: error,
    });
  }
}

const opensTransaction = ({ tag, file }: PlannedStep, { index, text, position }: Statement) =>
  new MigrationError(ExitCode.SQL_ERROR, `Nothing was run: ${text} inside a step`, {
    tag,
    statement: index,
    file: file.name,
    position,
    hint: 'Each step runs in one transaction, which is committed together with its row in the ledger.',
    remedy: `remove it from ${file.name}; a step that must not run in a transaction says "-- rowhouse:no-transaction"`,
  });
