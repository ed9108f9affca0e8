/** What a span may say of a statement: neither parameters nor text, in which a literal may stand. */
export interface StatementName {
  /** `SELECT`, `INSERT`, ... */
  operation: string;
  /** The table it is about, where the text says so plainly. */
  table: string | undefined;
}

const OPERATION = /^[\s(]*([a-z]+)/i;
const TABLE = /\b(?:from|into|update)\s+"?([a-z_][a-z0-9_]{0,62})\b/i;

/** Names a statement as https://opentelemetry.io/docs/specs/semconv/database/postgresql/ asks. */
export function nameStatement(text: string): StatementName {
  return {
    operation: OPERATION.exec(text)?.[1]?.toUpperCase() ?? 'QUERY',
    table: TABLE.exec(text)?.[1],
  };
}
