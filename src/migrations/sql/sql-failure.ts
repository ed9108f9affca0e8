import type { DatabaseError } from 'pg';
import { ExitCode } from '../exit-code.js';
import type { SqlFile } from '../folder/folder-content.js';
import { type FailureDetails, MigrationError } from '../migration-error.js';
import { positionAt } from './position.js';
import type { Statement } from './statement.js';

/** A statement of a step that the server refused, with its place in the file. Anything but a server's answer is passed on. */
export function sqlFailure(
  error: unknown,
  { tag, file, statement }: { tag: string; file: SqlFile; statement: Statement },
  details: FailureDetails = {},
): unknown {
  if (!isDatabaseError(error)) return error;
  const { code, detail, hint } = error;
  return new MigrationError(ExitCode.SQL_ERROR, error.message, {
    tag,
    statement: statement.index,
    file: file.name,
    position: placeOf(error, file, statement),
    ...(code !== undefined && { sqlState: code }),
    ...(detail !== undefined && { detail }),
    ...(hint !== undefined && { hint }),
    cause: error,
    ...details,
  });
}

/** The server counts characters from 1 within the statement; without a position the statement's beginning. */
function placeOf({ position }: DatabaseError, { text }: SqlFile, statement: Statement) {
  const lines = text.split('\n').slice(0, statement.position.line - 1);
  const lineStart = lines.reduce((length, line) => length + line.length + 1, 0);
  const line = text.slice(lineStart);
  const start = lineStart + [...line].slice(0, statement.position.column - 1).join('').length;
  const into = [...statement.text].slice(0, Number(position ?? 1) - 1).join('').length;
  return positionAt(text, start + into);
}

const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error && 'severity' in error && 'code' in error;
