import type { DefElem, Node } from 'libpg-query';
import { qualifiedName, relationName } from '../../../sql/names.js';

/** A statement that PostgreSQL refuses inside a transaction. */
export interface Concurrently {
  /** As people call it. */
  name: string;
  object?: string;
  /** The table it works on, where the statement says it. */
  table?: string;
}

export function concurrently(node: Node): Concurrently | undefined {
  if ('IndexStmt' in node && node.IndexStmt.concurrent) {
    const { relation, idxname } = node.IndexStmt;
    const table = relationName(relation);
    return { name: 'CREATE INDEX CONCURRENTLY', table, object: idxname ?? table };
  }
  if ('DropStmt' in node && node.DropStmt.concurrent)
    return { name: 'DROP INDEX CONCURRENTLY', object: qualifiedName(node.DropStmt.objects?.[0]) };
  if ('ReindexStmt' in node) {
    const { kind, relation, params } = node.ReindexStmt;
    const table = relation && kind === 'REINDEX_OBJECT_TABLE' ? { table: relationName(relation) } : {};
    if (params?.some((each) => 'DefElem' in each && isOn(each.DefElem, 'concurrently')))
      return { name: 'REINDEX CONCURRENTLY', ...table };
    if (
      kind === 'REINDEX_OBJECT_DATABASE' ||
      kind === 'REINDEX_OBJECT_SYSTEM' ||
      kind === 'REINDEX_OBJECT_SCHEMA'
    )
      return { name: 'REINDEX of a whole schema or database' };
  }
  if ('AlterTableStmt' in node) {
    const detaches = (node.AlterTableStmt.cmds ?? []).some(
      (cmd) =>
        'AlterTableCmd' in cmd &&
        cmd.AlterTableCmd.def &&
        'PartitionCmd' in cmd.AlterTableCmd.def &&
        cmd.AlterTableCmd.def.PartitionCmd.concurrent,
    );
    if (detaches)
      return {
        name: 'DETACH PARTITION CONCURRENTLY',
        table: relationName(node.AlterTableStmt.relation),
        object: relationName(node.AlterTableStmt.relation),
      };
  }
  return otherwiseAlone(node);
}

const isOn = ({ defname, arg }: DefElem, name: string) =>
  defname === name &&
  !(arg && 'String' in arg && ['false', 'off', '0'].includes(arg.String.sval ?? '')) &&
  !(arg && 'Boolean' in arg && !arg.Boolean.boolval);

function otherwiseAlone(node: Node): Concurrently | undefined {
  if ('VacuumStmt' in node && node.VacuumStmt.is_vacuumcmd) return { name: 'VACUUM' };
  if ('CreatedbStmt' in node) return { name: 'CREATE DATABASE' };
  if ('DropdbStmt' in node) return { name: 'DROP DATABASE' };
  if ('CreateTableSpaceStmt' in node) return { name: 'CREATE TABLESPACE' };
  if ('DropTableSpaceStmt' in node) return { name: 'DROP TABLESPACE' };
  if ('AlterSystemStmt' in node) return { name: 'ALTER SYSTEM' };
  return undefined;
}
