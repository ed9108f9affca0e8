import type { ColumnDef, Constraint, Node } from 'libpg-query';
import { emptySnapshot, type Snapshot, type SnapshotTable } from '../../../src/migrations/folder/snapshot.js';
import { nameParts, qualifiedName, relationName } from '../../../src/migrations/sql/names.js';
import { parseSql } from '../../../src/migrations/sql/parse.js';
import { typeText } from '../../../src/migrations/sql/type-text.js';

/** The snapshot that drizzle-kit would keep of these CREATE TABLE, TYPE, INDEX and ALTER TABLE ADD CONSTRAINT. */
export function schemaFromSql(text: string): Snapshot {
  const snapshot: Snapshot = { ...emptySnapshot, tables: {}, enums: {} };
  for (const { node } of parseSql(text).statements) add(snapshot, node);
  return snapshot;
}

function add({ tables, enums }: Snapshot, node: Node): void {
  if ('CreateStmt' in node) {
    const { relation, tableElts = [] } = node.CreateStmt;
    const table = emptyTable(relation?.relname ?? '', relation?.schemaname ?? '');
    tables[relationName(relation)] = table;
    for (const element of tableElts) {
      if ('ColumnDef' in element) addColumn(table, element.ColumnDef);
      if ('Constraint' in element) addConstraint(table, element.Constraint);
    }
  }
  if ('AlterTableStmt' in node) {
    const table = tables[relationName(node.AlterTableStmt.relation)];
    for (const cmd of node.AlterTableStmt.cmds ?? [])
      if (table && 'AlterTableCmd' in cmd && cmd.AlterTableCmd.def && 'Constraint' in cmd.AlterTableCmd.def)
        addConstraint(table, cmd.AlterTableCmd.def.Constraint);
  }
  if ('CreateEnumStmt' in node) {
    const name = qualifiedName(node.CreateEnumStmt.typeName);
    const [schema = 'public', type = ''] = name.split('.');
    enums[name] = { name: type, schema, values: nameParts(node.CreateEnumStmt.vals) };
  }
  if ('IndexStmt' in node) {
    const { idxname = '', relation, indexParams = [], unique = false } = node.IndexStmt;
    const columns = indexParams.map((param) => ('IndexElem' in param ? param.IndexElem : {}));
    const table = tables[relationName(relation)];
    if (table)
      table.indexes[idxname] = {
        name: idxname,
        columns: columns.map(({ name }) => ({ expression: name ?? '', isExpression: name === undefined })),
        isUnique: unique,
      };
  }
}

const emptyTable = (name: string, schema: string): SnapshotTable => ({
  name,
  schema,
  columns: {},
  indexes: {},
  foreignKeys: {},
  compositePrimaryKeys: {},
  uniqueConstraints: {},
  checkConstraints: {},
  policies: {},
});

function addColumn(table: SnapshotTable, { colname = '', typeName, constraints = [] }: ColumnDef): void {
  const column = { name: colname, type: typeText(typeName), primaryKey: false, notNull: false };
  table.columns[colname] = column;
  for (const each of constraints) {
    if (!('Constraint' in each)) continue;
    const { contype } = each.Constraint;
    if (contype === 'CONSTR_NOTNULL') column.notNull = true;
    else if (contype === 'CONSTR_PRIMARY') Object.assign(column, { primaryKey: true, notNull: true });
    else if (contype === 'CONSTR_DEFAULT') Object.assign(column, { default: 'given' });
    else addConstraint(table, { ...each.Constraint, keys: [{ String: { sval: colname } }] });
  }
}

function addConstraint(table: SnapshotTable, constraint: Constraint): void {
  const columns = nameParts(constraint.keys);
  const name = constraint.conname ?? [table.name, ...columns, constraint.contype].join('_');
  const { contype } = constraint;
  if (contype === 'CONSTR_PRIMARY') {
    if (columns.length > 1) table.compositePrimaryKeys[name] = { name, columns };
    for (const column of columns)
      Object.assign(table.columns[column] ?? {}, { notNull: true, primaryKey: columns.length === 1 });
  }
  if (contype === 'CONSTR_UNIQUE') table.uniqueConstraints[name] = { name, columns };
  if (contype === 'CONSTR_CHECK') table.checkConstraints[name] = { name, value: 'given' };
  if (contype === 'CONSTR_FOREIGN')
    table.foreignKeys[name] = {
      name,
      tableFrom: table.name,
      tableTo: constraint.pktable?.relname ?? '',
      columnsFrom: constraint.fk_attrs ? nameParts(constraint.fk_attrs) : columns,
      columnsTo: nameParts(constraint.pk_attrs),
    };
}
