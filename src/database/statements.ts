import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

export interface Statement {
  /** First 16 hexadecimal digits of the SHA-256 of the text: its name in logs and on the connection. */
  digest: string;
  seen: number;
  /** Does it end with its transaction, and leave that open, and its tenant as it was? */
  staysInside: boolean;
}

/**
 * Queries, savepoints, and settings that only slow down or hasten. What a session keeps (a cursor WITH HOLD, LISTEN, SET)
 * the next tenant would find; COMMIT would end the transaction behind the lease; SET LOCAL could name another tenant.
 */
const INSIDE =
  /^[\s(]*(select|insert|update|delete|merge|with|values|table|explain|show|savepoint|release|rollback\s+to|set\s+local\s+(\w+_timeout|plan_cache_mode))\b/i;

/** Known statement texts; a bound, so that SQL with ever new text (long IN lists) cannot fill the memory. */
const MAX_TEXTS = 2_000;
const texts = new LRUCache<string, Statement>({ max: MAX_TEXTS });

/** Looks up (or computes) the digest of a statement's text and counts its use. */
export function statementOf(text: string): Statement {
  let statement = texts.get(text);
  if (!statement) {
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    statement = { digest, seen: 0, staysInside: INSIDE.test(text) };
    texts.set(text, statement);
  }
  statement.seen++;
  return statement;
}

/** Prepared statements that one connection may hold: each costs memory in its server process. */
const MAX_NAMES_PER_CONNECTION = 250;
const namesOf = new WeakMap<object, Set<string>>();

/**
 * The name under which `connection` may prepare this statement, or undefined: run it unnamed.
 * A text gets a name when it comes a second time, so that one-off statements take no place.
 */
export function preparedName(connection: object, statement: Statement): string | undefined {
  let names = namesOf.get(connection);
  if (!names) namesOf.set(connection, (names = new Set()));
  if (names.has(statement.digest)) return statement.digest;
  if (statement.seen < 2 || names.size >= MAX_NAMES_PER_CONNECTION) return undefined;
  names.add(statement.digest);
  return statement.digest;
}
