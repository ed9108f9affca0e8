import { type SQL, and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import type { QuoteLine } from './draft.types.js';
import { LINE_COLUMNS } from './quote-columns.js';
import { quoteLines } from './quote-lines.schema.js';

/** Whose lines. */
export interface QuoteKey {
  tenantId: string;
  quoteId: string;
}

/** In the order of their numbers. */
export const linesOf = (db: TenantDatabase, quoteId: string): PromiseLike<QuoteLine[]> =>
  db
    .select(LINE_COLUMNS)
    .from(quoteLines)
    .where(eq(quoteLines.quoteId, quoteId))
    .orderBy(quoteLines.lineNumber);

/**
 * Makes the lines `before` into those `after`, in two statements at most, however many there are. Lines keep their numbers,
 * so that none is in another's way.
 */
export async function storeLines(
  db: TenantDatabase,
  key: QuoteKey,
  before: readonly QuoteLine[],
  after: readonly QuoteLine[],
): Promise<void> {
  const old = new Map(before.map((line) => [line.id, line]));
  const kept = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const written = after.filter((line) => !isSame(old.get(line.id), line));
  await Promise.all([
    gone.length > 0 &&
      db.delete(quoteLines).where(and(eq(quoteLines.quoteId, key.quoteId), inArray(quoteLines.id, gone))),
    written.length > 0 && db.execute(upsert(key, written)),
  ]);
}

const isSame = (before: QuoteLine | undefined, after: QuoteLine): boolean =>
  before !== undefined &&
  (Object.keys(after) as (keyof QuoteLine)[]).every((field) =>
    field === 'metadata'
      ? JSON.stringify(before.metadata) === JSON.stringify(after.metadata)
      : before[field] === after[field],
  );

const COLUMNS = Object.entries(getTableColumns(quoteLines)).filter(([field]) => field in LINE_COLUMNS);
const names = sql.raw(COLUMNS.map(([, { name }]) => name).join(', '));
const asRecord = sql.raw(COLUMNS.map(([, column]) => `${column.name} ${column.getSQLType()}`).join(', '));
const fromSent = sql.raw(
  COLUMNS.filter(([field]) => field !== 'id')
    .map(([, { name }]) => `${name} = excluded.${name}`)
    .join(', '),
);

/** All lines are one parameter: with one for each value, building the statement would take longer than running it. */
function upsert({ tenantId, quoteId }: QuoteKey, lines: readonly QuoteLine[]): SQL {
  const rows = lines.map((line) =>
    Object.fromEntries(COLUMNS.map(([field, { name }]) => [name, line[field as keyof QuoteLine]])),
  );
  return sql`
    INSERT INTO ${quoteLines} (tenant_id, quote_id, ${names})
    SELECT ${tenantId}::uuid, ${quoteId}::uuid, ${names}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS sent(${asRecord})
    ON CONFLICT (tenant_id, id) DO UPDATE SET ${fromSent}, updated_at = now()`;
}
