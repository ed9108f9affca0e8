/** Of the columns that `tenantTable()` adds, and what a row carries beside its columns. */
const OF_THE_HOUSE = ['id', 'tenantId', 'createdAt', 'updatedAt', 'deletedAt', 'etag'];

/** ECMAScript 2024, in strict mode; and what every object or class has already. */
const OF_JAVASCRIPT = `
  arguments await break case catch class const constructor continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected prototype
  public return static super switch this throw toString true try typeof undefined valueOf var void while with yield`
  .trim()
  .split(/\s+/);

/** PostgreSQL 18, appendix C, "reserved". */
const OF_POSTGRESQL = `
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column
  concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from
  full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
  localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right
  select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using
  variadic verbose when where window with`
  .trim()
  .split(/\s+/);

/** Whose word this is already; undefined: nobody's. Of names in camelCase, and of the same in snake_case. */
export function ownerOf(camel: string, snake: string): string | undefined {
  if (OF_THE_HOUSE.includes(camel)) return 'every resource of tenants';
  if (OF_JAVASCRIPT.includes(camel)) return 'JavaScript';
  if (OF_POSTGRESQL.includes(snake)) return 'PostgreSQL';
  return undefined;
}
