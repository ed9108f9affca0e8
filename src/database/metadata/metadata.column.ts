import { type SQL, and, sql } from 'drizzle-orm';
import { type AnyPgColumn, check, jsonb } from 'drizzle-orm/pg-core';

/** Tags, notes, flags, third-party payloads: whatever is no business value. */
export type Metadata = Record<string, unknown>;

/** The column `metadata`; its table needs `metadataCheck()` beside it, and its DTO `@IsMetadata()`. */
export const metadata = () => jsonb('metadata').$type<Metadata>().notNull().default({});

/** The CHECK of a metadata column, so that raw SQL cannot store business values in it either. */
export const metadataCheck = (table: string, column: AnyPgColumn) =>
  check(`${table}_metadata_clean`, sql`metadata_is_clean(${column})`);

/** Values by path, its keys joined with dots: what `?metadata.<path>=<value>` asks for. */
export type MetadataFilter = ReadonlyMap<string, string>;

/**
 * Rows whose metadata holds each of these values: as text, number or boolean, or in a list of texts. Without an index
 * for it, every row of the tenant is read.
 */
export function matchesMetadata(column: AnyPgColumn, filter: MetadataFilter | undefined): SQL | undefined {
  const conditions = Array.from(filter ?? [], ([path, value]) => {
    const keys = sql`${sql.param(path.split('.'))}::text[]`;
    return sql`(${column} #>> ${keys} = ${value} or ${column} #> ${keys} @> to_jsonb(${value}::text))`;
  });
  return and(...conditions);
}
