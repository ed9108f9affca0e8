import type { SqlFile } from '../folder/folder-content.js';
import { parseSql } from '../sql/parse.js';
import { type ParsedSql, SqlSyntaxError } from '../sql/statement.js';

const known = new WeakMap<SqlFile, ParsedSql | SqlSyntaxError>();

/** Parsed once per file however many rules ask; what PostgreSQL would refuse is an answer and not thrown. */
export function parsedFile(file: SqlFile): ParsedSql | SqlSyntaxError {
  const before = known.get(file);
  if (before) return before;
  const parsed = parseOrError(file.text);
  known.set(file, parsed);
  return parsed;
}

function parseOrError(text: string): ParsedSql | SqlSyntaxError {
  try {
    return parseSql(text);
  } catch (error) {
    if (error instanceof SqlSyntaxError) return error;
    throw error;
  }
}
