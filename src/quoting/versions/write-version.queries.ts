import { type SQL, getTableColumns, sql } from 'drizzle-orm';
import { type TenantDatabase, newId } from '../../database/index.js';
import { lineContentColumns, quoteContentColumns } from '../quotes/content-columns.js';
import { quoteLines } from '../quotes/quote-lines.schema.js';
import { quotes } from '../quotes/quotes.schema.js';
import { quoteLineVersions, quoteVersions } from './quote-versions.schema.js';

/** Which version of which quote, and why it is made. */
export interface NewVersion {
  quoteId: string;
  createdBy: string;
  reason: string | null;
}

/**
 * Keeps what a quote says now, as the version whose number it has. The database copies it, so that it is what is stored,
 * and a thousand lines need not travel. After the quote and its lines were written, in the same transaction.
 */
export async function writeVersion(
  db: TenantDatabase,
  { quoteId, createdBy, reason }: NewVersion,
): Promise<void> {
  const id = newId();
  const content = namesOf(getTableColumns(quotes), quoteContentColumns());
  const ofLine = namesOf(getTableColumns(quoteLines), lineContentColumns());
  await Promise.all([
    db.execute(sql`
      INSERT INTO ${quoteVersions} (tenant_id, id, quote_id, number, status, reason, created_by, ${content})
      SELECT tenant_id, ${id}::uuid, id, version, status, ${reason}::text, ${createdBy}::text, ${content}
        FROM ${quotes} WHERE id = ${quoteId}`),
    // Nobody refers to these rows by their ids.
    db.execute(sql`
      INSERT INTO ${quoteLineVersions} (tenant_id, id, quote_version_id, line_id, ${ofLine})
      SELECT tenant_id, gen_random_uuid(), ${id}::uuid, id, ${ofLine}
        FROM ${quoteLines} WHERE quote_id = ${quoteId}`),
  ]);
}

const namesOf = (columns: Record<string, { name: string }>, content: object): SQL =>
  sql.raw(
    Object.keys(content)
      .map((field) => columns[field]!.name)
      .join(', '),
  );
