import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, check } from 'drizzle-orm/pg-core';

/** CHECK that a column holds one of the values that its type lists. */
export const isOneOf = (name: string, column: AnyPgColumn, values: readonly string[]) =>
  check(name, sql`${column} in (${listed(values)})`);

/** CHECK of a currency: three letters, as ISO 4217 has them. */
export const isCurrency = (name: string, column: AnyPgColumn) => check(name, sql`${column} ~ '^[A-Z]{3}$'`);

/** CHECK that none of the columns is below zero; null is none. */
export const areNotNegative = (name: string, ...columns: [AnyPgColumn, ...AnyPgColumn[]]) =>
  check(name, sql`least(${sql.join(columns, sql.raw(', '))}) >= 0`);

/** CHECK of a discount: a known type with its value, or neither; a percentage is at most one, a fixed one whole cents. */
export const isDiscount = (
  name: string,
  types: readonly string[],
  { type, value }: { type: AnyPgColumn; value: AnyPgColumn },
) =>
  check(
    name,
    sql`case when ${type} is null then ${value} is null else ${value} is not null and ${value} >= 0 and ${type} in (${listed(types)}) and (${type} <> 'percentage' or ${value} <= 1) and (${type} <> 'fixed' or ${value} = round(${value}, 2)) end`,
  );

const listed = (values: readonly string[]): SQL => sql.raw(values.map((value) => `'${value}'`).join(', '));
