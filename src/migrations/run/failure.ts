import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import { positionAt, type Position } from '../sql/position.js';
import type { Statement } from '../sql/statement.js';
import { blockerInWords, type Blocker } from './event.js';
import type { RunnableStep } from './parse-step.js';

interface SqlError extends Error {
  code: string;
  /** Of a character in the statement, counted from 1, as text. */
  position?: string;
  detail?: string;
  hint?: string;
  where?: string;
}

export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof Error && 'severity' in error ? (error as unknown as SqlError).code : undefined;

/** Another session was in the way, and a later attempt may succeed. */
export const isLockConflict = (error: unknown): boolean =>
  ['55P03', '40P01'].includes(sqlStateOf(error) ?? '');

/** The session is gone: nobody knows about the statement, but the ledger does. */
const isConnectionLost = (error: unknown): boolean => {
  const state = sqlStateOf(error);
  if (state === undefined) return error instanceof Error && !(error instanceof MigrationError);
  return state.startsWith('08') || state.startsWith('57P');
};

/** The statement itself told that it had no effect; otherwise the step stays pending or interrupted. */
export const isStatementFailure = (error: unknown, signal: AbortSignal | undefined): boolean =>
  !signal?.aborted &&
  !isConnectionLost(error) &&
  !(error instanceof MigrationError && error.exitCode === ExitCode.LOCK_NOT_OBTAINED);

/** The error of a statement, with all that is known of its place. */
export function failureOf(
  error: unknown,
  step: RunnableStep,
  statement: Statement | undefined,
): MigrationError {
  if (error instanceof MigrationError) return error;
  const place = { tag: step.tag, file: step.file.name, ...(statement && { statement: statement.index }) };
  if (isConnectionLost(error))
    return new MigrationError(ExitCode.SQL_ERROR, `The connection was lost: ${(error as Error).message}`, {
      ...place,
      ...(statement && { position: statement.position }),
      remedy:
        'see that PostgreSQL is up, and run "npm run db:migrate" again: the ledger knows what is complete',
      cause: error,
    });
  const { message, code, detail, hint, where } = error as SqlError;
  return new MigrationError(ExitCode.SQL_ERROR, message, {
    ...place,
    ...(statement && { position: positionOf(error as SqlError, statement) }),
    sqlState: code,
    ...((detail ?? where) !== undefined && { detail: [detail, where].filter(Boolean).join('; ') }),
    ...hintOf(code, hint, statement),
    remedy: remedyOf(code, step),
    cause: error,
  });
}

/** Gave up waiting for locks of other sessions. */
export const lockNotObtained = (
  step: RunnableStep,
  statement: Statement | undefined,
  attempts: number,
  blockers: Blocker[],
  error: unknown,
): MigrationError =>
  new MigrationError(ExitCode.LOCK_NOT_OBTAINED, `A lock was not obtained in ${attempts} attempts`, {
    tag: step.tag,
    file: step.file.name,
    ...(statement && { statement: statement.index, position: statement.position }),
    sqlState: sqlStateOf(error) ?? '55P03',
    ...(blockers.length > 0 && { detail: `Blocked by ${blockers.map(blockerInWords).join('; ')}` }),
    hint: blockers.map(({ pid }) => `SELECT pg_terminate_backend(${pid}); ends that session`).join('; '),
    remedy: 'end what blocks, or try at a quieter hour or with a longer --lock-timeout: "npm run db:migrate"',
    cause: error,
  });

function positionOf({ position }: SqlError, statement: Statement): Position {
  if (position === undefined) return statement.position;
  // PostgreSQL counts characters, JavaScript UTF-16 units.
  const before = Array.from(statement.text)
    .slice(0, Number(position) - 1)
    .join('');
  const { line, column } = positionAt(statement.text, before.length);
  const start = statement.position;
  return { line: start.line + line - 1, column: line === 1 ? start.column + column - 1 : column };
}

function hintOf(code: string, hint: string | undefined, statement: Statement | undefined): { hint?: string } {
  if (code === '57014')
    return { hint: 'It ran longer than statement_timeout allows; the file may SET LOCAL statement_timeout.' };
  if (code === '25001')
    return { hint: 'A step that begins with "-- rowhouse:no-transaction" runs without a transaction.' };
  if (statement && isConcurrentBuild(statement))
    return {
      hint: [hint, 'The index it leaves is INVALID; the next run drops it first.'].filter(Boolean).join(' '),
    };
  return hint === undefined ? {} : { hint };
}

const isConcurrentBuild = ({ node }: Statement) => 'IndexStmt' in node && node.IndexStmt.concurrent === true;

function remedyOf(code: string, { file, isTransactional }: RunnableStep): string {
  const again = 'run "npm run db:generate" (for the sum of an edited file) and "npm run db:migrate" again';
  if (['42P06', '42P07', '42701', '42710', '42723'].includes(code))
    return `if the database was made by other means and has this step already, run "npm run db:baseline"; otherwise mend ${file.name} and ${again}`;
  if (code === '42501')
    return `run "npm run db:bootstrap" if privileges of rowhouse_migrator are missing; otherwise mend ${file.name}; then ${again}`;
  return isTransactional
    ? `nothing of the step is left in the database: mend ${file.name} (or the rows it stumbled over) and ${again}`
    : `mend this statement in ${file.name} (or the rows it stumbled over), leave those above it, and ${again}: it resumes here`;
}
