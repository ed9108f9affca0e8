import type { Constraint, Node } from 'libpg-query';
import { isTenantTable } from '../../../folder/snapshot.js';
import { nameParts, relationName } from '../../../sql/names.js';
import type { Statement } from '../../../sql/statement.js';
import { nodesOf } from '../../../sql/walk.js';
import type { StepContext } from '../../rule.js';
import { constraintsOf, executedIn, tableChanges } from '../node-rule.js';

/** A table that the step creates. */
export interface CreatedTable {
  /** `schema.table` */
  name: string;
  statement: Statement;
  /** Column -> whether it can be NULL. */
  columns: Map<string, boolean>;
  primaryKey: string[];
  /** It takes its rows, or its columns, from a tenant table. */
  copiesTenants: boolean;
}

const known = new WeakMap<StepContext['sql'], CreatedTable[]>();

/** The tables that the step creates and leaves in place. */
export function createdTables(step: StepContext): CreatedTable[] {
  const before = known.get(step.sql);
  if (before) return before;
  const tables = executedIn(step).flatMap(({ node, statement }) => createdTable(node, statement, step) ?? []);
  for (const { node } of executedIn(step)) addPrimaryKeys(node, tables);
  const staying = tables.filter(({ name }) => !step.shortLived.has(`table ${name}`));
  known.set(step.sql, staying);
  return staying;
}

/** Tables of tenants: those the snapshot knows, and those that the step makes. */
export const isOfTenants = (step: StepContext, name: string): boolean => {
  const created = createdTables(step).find((table) => table.name === name);
  if (created) return isCreatedForTenants(created);
  const table = step.before.tables[name];
  return table !== undefined && isTenantTable(table);
};

export const isCreatedForTenants = ({ primaryKey, copiesTenants }: CreatedTable): boolean =>
  primaryKey[0] === 'tenant_id' || copiesTenants;

/** false: it has no column `tenant_id`; undefined: nobody knows the table. */
export function namesTenant(step: StepContext, name: string): boolean | undefined {
  const created = createdTables(step).find((table) => table.name === name);
  if (created) return created.columns.has('tenant_id') || created.copiesTenants;
  const table = step.before.tables[name];
  return table && table.columns['tenant_id'] !== undefined;
}

/** The tables that a query reads; names of its WITH are none. */
export function tablesReadBy(query: unknown): string[] {
  const ctes = new Set([...nodesOf(query, 'CommonTableExpr')].map(({ ctename }) => ctename));
  return [...nodesOf(query, 'RangeVar')]
    .filter(({ schemaname, relname }) => schemaname !== undefined || !ctes.has(relname))
    .map(relationName);
}

function createdTable(node: Node, statement: Statement, step: StepContext): CreatedTable | undefined {
  const columns = new Map<string, boolean>();
  if ('CreateTableAsStmt' in node && node.CreateTableAsStmt.objtype === 'OBJECT_TABLE') {
    const name = relationName(node.CreateTableAsStmt.into?.rel);
    return {
      name,
      statement,
      columns,
      primaryKey: [],
      copiesTenants: readsTenants(node.CreateTableAsStmt.query, step),
    };
  }
  if ('SelectStmt' in node && node.SelectStmt.intoClause) {
    const name = relationName(node.SelectStmt.intoClause.rel);
    return {
      name,
      statement,
      columns,
      primaryKey: [],
      copiesTenants: readsTenants(node.SelectStmt.fromClause, step),
    };
  }
  if (!('CreateStmt' in node) || node.CreateStmt.relation?.relpersistence === 't') return undefined;
  const table: CreatedTable = {
    name: relationName(node.CreateStmt.relation),
    statement,
    columns,
    primaryKey: [],
    copiesTenants: false,
  };
  for (const element of node.CreateStmt.tableElts ?? []) {
    if ('ColumnDef' in element) {
      const constraints = constraintsOf(element.ColumnDef);
      const { colname = '' } = element.ColumnDef;
      columns.set(colname, !constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL'));
      if (constraints.some(({ contype }) => contype === 'CONSTR_PRIMARY')) table.primaryKey = [colname];
    }
    if ('Constraint' in element) addPrimaryKey(element.Constraint, table);
    if ('TableLikeClause' in element)
      table.copiesTenants ||= isKnownOfTenants(step, relationName(element.TableLikeClause.relation));
  }
  for (const key of table.primaryKey) columns.set(key, false);
  return table;
}

const readsTenants = (query: unknown, step: StepContext) =>
  tablesReadBy(query).some((name) => isKnownOfTenants(step, name));

const isKnownOfTenants = ({ before }: StepContext, name: string) => {
  const table = before.tables[name];
  return table !== undefined && isTenantTable(table);
};

function addPrimaryKeys(node: Node, tables: CreatedTable[]): void {
  for (const { table: name, constraint } of tableChanges(node)) {
    const table = tables.find((each) => each.name === name);
    if (table && constraint) addPrimaryKey(constraint, table);
  }
}

function addPrimaryKey({ contype, keys }: Constraint, table: CreatedTable): void {
  if (contype !== 'CONSTR_PRIMARY') return;
  table.primaryKey = nameParts(keys);
  for (const key of table.primaryKey) table.columns.set(key, false);
}
