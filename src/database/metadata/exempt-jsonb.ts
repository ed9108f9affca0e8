import type { Column } from 'drizzle-orm';
import { jsonb } from 'drizzle-orm/pg-core';

const REASON = Symbol('why this jsonb column is not guarded');

/**
 * A jsonb column that is no metadata, and why it may hold any key. The step that creates it says so in the database,
 * where the audit looks: `COMMENT ON COLUMN t.c IS 'jsonb exempt: <reason>'`; a test compares the two.
 */
export function exemptJsonb<T>(name: string, reason: string) {
  const builder = jsonb(name).$type<T>();
  // Drizzle hands the builder's configuration to the column it builds.
  Object.assign((builder as unknown as { config: object }).config, { [REASON]: reason });
  return builder;
}

/** The reason given in the schema; undefined: the column is none of these. */
export const exemptionOf = (column: Column): string | undefined =>
  (column as unknown as { config: { [REASON]?: string } }).config[REASON];
