import type { Node } from 'libpg-query';
import type { RunQuery } from '../run-query.js';
import { findIndex, findReindexLeftovers } from './invalid-index.js';

/**
 * PostgreSQL refuses these inside a transaction block, or (CALL, and a DO that says so) they may commit on their own. All
 * other statements of a `no-transaction` step share one transaction with their record: what is run twice changes twice.
 */
export function needsNoTransaction(node: Node): boolean {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true;
  if ('DropStmt' in node) return node.DropStmt.concurrent === true;
  if ('AlterTableStmt' in node)
    return (node.AlterTableStmt.cmds ?? []).some(
      (cmd) => 'AlterTableCmd' in cmd && cmd.AlterTableCmd.subtype?.startsWith('AT_DetachPartition') === true,
    );
  if ('DoStmt' in node) return /\b(?:commit|rollback|call|execute)\b/i.test(JSON.stringify(node.DoStmt));
  return outside.some((kind) => kind in node);
}

const outside = [
  'ReindexStmt',
  'VacuumStmt',
  'ClusterStmt',
  'CallStmt',
  'AlterSystemStmt',
  'CreatedbStmt',
  'DropdbStmt',
  'AlterDatabaseStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
  'CreateSubscriptionStmt',
  'DropSubscriptionStmt',
];

/** For a statement that was under way when its run died: did it take effect? Others are run again. */
export async function hasTakenEffect(query: RunQuery, node: Node): Promise<boolean> {
  if ('IndexStmt' in node) return (await findIndex(query, node.IndexStmt))?.isValid === true;
  if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_INDEX') {
    const names = (node.DropStmt.objects ?? []).map(nameInList);
    const { rows } = await query(
      `SELECT 1 FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL`,
      [names],
    );
    return rows.length === 0;
  }
  return false;
}

/** Removes what an interrupted build left behind; answers the names. */
export async function dropInvalidIndexes(query: RunQuery, node: Node): Promise<string[]> {
  const names = await invalidIndexes(query, node);
  for (const name of names) await query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  return names;
}

async function invalidIndexes(query: RunQuery, node: Node): Promise<string[]> {
  if ('IndexStmt' in node && node.IndexStmt.concurrent) {
    const found = await findIndex(query, node.IndexStmt);
    return found && !found.isValid ? [found.name] : [];
  }
  if ('ReindexStmt' in node && node.ReindexStmt.relation)
    return findReindexLeftovers(query, node.ReindexStmt.relation);
  return [];
}

/** `DROP INDEX a.b` names its objects as lists of strings. */
function nameInList(node: Node): string {
  const parts = 'List' in node ? (node.List.items ?? []) : [];
  return parts
    .map((part) => ('String' in part ? (part.String.sval ?? '') : ''))
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}
