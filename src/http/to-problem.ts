import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { DatabaseError, StatementError, unwrapDrizzle } from '../database/index.js';
import { httpProblems } from './http.problems.js';
import { Problem } from './problem.js';

/** What a client may learn of an error; undefined: nothing but a request id, and the error is logged whole. */
export function toProblem(thrown: unknown): Problem | undefined {
  const error = unwrapDrizzle(thrown);
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseError) return fromDatabaseError(error);
  if (error instanceof StatementError) return fromSqlState(error);
  if (error instanceof HttpException && error.getStatus() < 500)
    return problemOfStatus(error.getStatus(), error.message);
  return undefined;
}

function fromDatabaseError(error: DatabaseError): Problem | undefined {
  if (error.code === 'DATABASE_UNAVAILABLE') return httpProblems.databaseUnavailable();
  if (error.code === 'DATABASE_BUSY') return httpProblems.databaseBusy();
  if (error.code === 'COMMIT_OUTCOME_UNKNOWN') return httpProblems.outcomeUnknown();
  if (error.code === 'TRANSACTION_CANCELLED') return httpProblems.clientGone();
  return undefined; // the others are mistakes in our own code
}

function fromSqlState({ sqlState, constraint }: StatementError): Problem | undefined {
  if (sqlState === '40001' || sqlState === '40P01') return httpProblems.transactionConflict();
  if (sqlState === '57014' || sqlState === '55P03') return httpProblems.queryTimeout();
  if (sqlState === '0A000' || sqlState === '26000') return httpProblems.schemaChanged();
  if (REFUSED_VALUES.has(sqlState) || isTooLong(sqlState, constraint)) return httpProblems.valueRefused();
  return undefined;
}

/** NUL characters, lone surrogates, numbers and dates out of range: the client's value, whatever validation let pass. */
const REFUSED_VALUES = new Set(['22001', '22003', '22007', '22008', '22021', '22P02', '22P05']);

/** By a CHECK: validators leave out variation selectors, so that they count an emoji as one; PostgreSQL counts them. */
const isTooLong = (sqlState: string, constraint: string | undefined) =>
  sqlState === '23514' && constraint?.endsWith('_length') === true;

/** Nest's and Fastify's own refusals: body too large, unknown media type. */
export function problemOfStatus(status: number, detail: string): Problem {
  const title = STATUS_CODES[status] ?? 'Request refused';
  const code = CODES[status] ?? title.toUpperCase().replaceAll(/[^A-Z]+/g, '_');
  return new Problem(status, code, title, DETAILS[status] ?? detail);
}

/** Where Fastify's own words do not say what to do. */
const DETAILS: Record<number, string> = {
  413: 'The body is larger than the server takes.',
  415: 'Send the body as JSON, with the header `Content-Type: application/json`.',
};

const CODES: Record<number, string> = {
  400: 'BAD_REQUEST',
  404: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};
