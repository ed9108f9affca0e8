import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { type SQL, asc, desc, eq, gt, ilike, lt, or, sql } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { type PageQuery, positionOf } from '../http/index.js';

const MAX_SEARCH = 200;

/** `?sort=name`, or `?sort=-name` for the other way round. */
export const IsSort = (fields: readonly string[]) => {
  const sorts = fields.flatMap((field) => [field, `-${field}`]);
  return applyDecorators(IsOptional(), IsIn(sorts), ApiProperty({ enum: sorts, required: false }));
};

/** `?q=`: text that is looked for, whatever its case. */
export const IsSearch = () => applyDecorators(IsOptional(), IsString(), Length(1, MAX_SEARCH));

/** `true` or `false` in a query. */
export const IsFlag = () =>
  applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) =>
      value === 'true' ? true : value === 'false' ? false : value,
    ),
    IsBoolean(),
    ApiProperty({ type: Boolean, required: false }),
  );

/** Rows that have the text in one of these columns; `%` and `_` are characters as others are. */
export const mentions = (text: string | undefined, ...columns: AnyPgColumn[]): SQL | undefined =>
  text === undefined
    ? undefined
    : or(...columns.map((column) => ilike(column, `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)));

/** Rows that have this value, where one is asked for. */
export const has = (column: AnyPgColumn, value: string | boolean | undefined): SQL | undefined =>
  value === undefined ? undefined : eq(column, value);

/** What a list can be sorted by: columns that are never null. The id, which is of the time it was made, decides ties. */
export interface Sortable {
  table: PgTable & { id: AnyPgColumn };
  columns: Record<string, AnyPgColumn>;
}

export interface ListOrder {
  /** Of the cursors: one that was given for another order is refused. */
  name: string;
  by: SQL[];
  /** Rows behind the cursor. Its row is looked up: where its name has changed meanwhile, the list goes on from the new one. */
  behind: SQL | undefined;
}

/**
 * Call it before a query is sent: it throws `CURSOR_INVALID`.
 * @param query its `sort` as `@IsSort()` lets it pass: a field that `columns` has, with `-` in front of it where it descends
 */
export function orderOf(
  list: string,
  { table, columns }: Sortable,
  query: PageQuery & { sort: string },
): ListOrder {
  const { sort } = query;
  const isDescending = sort.startsWith('-');
  const column = columns[sort.replace('-', '')]!;
  const { id } = table;
  const inOrder = isDescending ? desc : asc;
  const name = `${list} by ${sort}`;
  const by = column === id ? [inOrder(id)] : [inOrder(column), inOrder(id)];
  const position = positionOf(name, query);
  if (position === undefined) return { name, by, behind: undefined };
  if (column === id) return { name, by, behind: isDescending ? lt(id, position) : gt(id, position) };
  const sign = sql.raw(isDescending ? '<' : '>');
  const row = sql`(select ${column}, ${id} from ${table} where ${id} = ${position})`;
  return { name, by, behind: sql`(${column}, ${id}) ${sign} ${row}` };
}
