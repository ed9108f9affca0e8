import { DrizzleQueryError } from 'drizzle-orm/errors';
import pg from 'pg';

/** What the database room throws. `code` is stable; messages name no parameter values and may be logged. */
export type DatabaseErrorCode =
  | 'TENANT_CONTEXT_MISSING'
  | 'TENANT_CONTEXT_MISMATCH'
  | 'TENANT_TX_CLOSED'
  | 'TENANT_TX_UNFINISHED'
  | 'TENANT_TX_ABORTED'
  | 'TENANT_TX_READ_ONLY'
  | 'TENANT_TX_STATEMENT'
  | 'TRANSACTION_CANCELLED'
  | 'DATABASE_UNAVAILABLE'
  | 'DATABASE_BUSY'
  | 'COMMIT_OUTCOME_UNKNOWN';

export class DatabaseError extends Error {
  constructor(
    readonly code: DatabaseErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DatabaseError';
  }
}

/** PostgreSQL refused a statement. Carries what is safe to log: never parameters, never the server's DETAIL. */
export class StatementError extends Error {
  constructor(
    readonly sqlState: string,
    /** Names the statement in logs: the first 16 hexadecimal digits of the SHA-256 of its text. */
    readonly digest: string,
    readonly constraint: string | undefined,
    readonly table: string | undefined,
    serverMessage: string,
  ) {
    super(describe(sqlState, digest, constraint, serverMessage));
    this.name = 'StatementError';
  }
}

/** Messages of class 42 (syntax, privileges) name identifiers only; others may quote a value that a client sent. */
const describe = (sqlState: string, digest: string, constraint: string | undefined, serverMessage: string) =>
  `SQLSTATE ${sqlState} in statement ${digest}` +
  (constraint ? ` (constraint ${constraint})` : '') +
  (sqlState.startsWith('42') ? `: ${serverMessage}` : '');

/** An answer of the server. Not told by its code alone: `EPIPE`, of a write to a lost connection, looks like an SQLSTATE. */
const isServerError = (error: unknown): error is pg.DatabaseError & { code: string } =>
  error instanceof pg.DatabaseError && error.code !== undefined;

/** The session is gone or was refused: shutdown, crash, time-out while idle in transaction, too many connections. */
const isSessionLoss = (sqlState: string) => /^(08|57P|53300|25P03|3D000|28)/.test(sqlState);

/** Translates what node-postgres threw into this room's errors; ours pass through unchanged. */
export function translateError(error: unknown, digest: string): Error {
  if (error instanceof DatabaseError || error instanceof StatementError) return error;
  if (!isServerError(error)) return unavailable(error);
  if (isSessionLoss(error.code)) return unavailable(error);
  return new StatementError(error.code, digest, error.constraint, error.table, error.message);
}

/** Whatever is no answer of the server is the connection: refused, reset, timed out, closed. */
export function unavailable(error: unknown): DatabaseError {
  const reason = isServerError(error) ? `SQLSTATE ${error.code}` : ((error as Error)?.message ?? 'unknown');
  return new DatabaseError('DATABASE_UNAVAILABLE', `The database cannot be reached: ${reason}`);
}

/** Drizzle wraps errors in one whose message carries the parameters; this takes the wrapping off. */
export const unwrapDrizzle = (error: unknown): unknown =>
  error instanceof DrizzleQueryError && error.cause ? error.cause : error;

/** Is this the violation of that unique index or constraint? For services that answer it with a problem of their own. */
export function isViolationOf(error: unknown, constraint: string): boolean {
  const cause = unwrapDrizzle(error);
  return cause instanceof StatementError && cause.constraint === constraint;
}

/** Serialization failure or deadlock: the same transaction, run again, may succeed. */
export function isTransient(error: unknown): boolean {
  const cause = unwrapDrizzle(error);
  return cause instanceof StatementError && (cause.sqlState === '40001' || cause.sqlState === '40P01');
}
