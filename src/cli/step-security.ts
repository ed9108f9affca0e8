import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { securityBlock } from '../database/index.js';

/** What drizzle-kit notes of the schema after each step; of it, what matters here. */
export interface Snapshot {
  tables: Record<
    string,
    {
      name: string;
      columns: Record<string, { name: string }>;
      compositePrimaryKeys: Record<string, { columns: string[] }>;
    }
  >;
}

/** The steps of the journal, in order. */
export interface Step {
  idx: number;
  tag: string;
}

export async function readSteps(folder: string): Promise<Step[]> {
  return ((await readJson(join(folder, 'meta', '_journal.json'))) as { entries: Step[] }).entries;
}

/** Appends the row security that `step` owes to its tables, and answers the statements. */
export async function appendSecurity(
  folder: string,
  step: Step,
  before: Step | undefined,
): Promise<string[]> {
  const statements = securityOf(
    before ? await readSnapshot(folder, before) : { tables: {} },
    await readSnapshot(folder, step),
  );
  const text = statements.map((statement) => `--> statement-breakpoint\n${statement};`).join('');
  if (statements.length > 0) await appendFile(join(folder, `${step.tag}.sql`), text);
  return statements;
}

/**
 * For a new tenant table its whole wall. For a new column of a known one the right to change it: UPDATE is granted column
 * by column, and without it every update of that column would be refused. Take the line out of the step where rows of
 * the table are written once.
 */
export function securityOf(before: Snapshot, after: Snapshot): string[] {
  return Object.entries(after.tables).flatMap(([key, table]) => {
    if (!isTenantTable(table)) return [];
    const { name, columns } = table;
    const known = before.tables[key];
    const added = Object.keys(columns).filter((column) => !known || !(column in known.columns));
    if (!known || !isTenantTable(known)) return securityBlock(name, Object.keys(columns));
    if (added.length === 0) return [];
    return [`GRANT UPDATE (${added.map((column) => `"${column}"`).join(', ')}) ON "${name}" TO rowhouse_app`];
  });
}

/** Its primary key is led by the tenant. A table of the control plane may name a tenant too, but `rowhouse_app` has no right to it. */
const isTenantTable = ({ compositePrimaryKeys }: Snapshot['tables'][string]): boolean =>
  Object.values(compositePrimaryKeys).some(({ columns }) => columns[0] === 'tenant_id');

async function readSnapshot(folder: string, { idx }: Step): Promise<Snapshot> {
  return (await readJson(join(folder, 'meta', `${String(idx).padStart(4, '0')}_snapshot.json`))) as Snapshot;
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
