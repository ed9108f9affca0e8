import type { Constraint, Node } from 'libpg-query';
import { nameParts, relationName, spokenName } from '../../../sql/names.js';
import type { StatementRule, StepContext } from '../../rule.js';
import { constraintsOf, nodeRule, tableChanges } from '../node-rule.js';
import { createdTables, isOfTenants } from './step-tables.js';

const nullable = nodeRule(
  {
    id: 'tenant-id-nullable',
    group: 'tenancy',
    severity: 'error',
    title: 'tenant_id can be NULL',
    why: 'A row without a tenant belongs to nobody: no policy shows it, no foreign key with several columns checks it (MATCH SIMPLE asks nothing when one is NULL), and unique constraints let it in any number of times.',
    rewrite: `CREATE TABLE "quotes" ("tenant_id" uuid NOT NULL, "id" uuid NOT NULL, CONSTRAINT "quotes_pkey" PRIMARY KEY ("tenant_id", "id"));`,
  },
  function* (node, step, statement) {
    for (const table of createdTables(step))
      if (statement === table.statement && isCreationOf(node, table.name) && table.columns.get('tenant_id'))
        yield found(table.name);
    for (const { subtype, table, name, column } of tableChanges(node)) {
      const isDropped = subtype === 'AT_DropNotNull' && name === 'tenant_id';
      const isAdded = subtype === 'AT_AddColumn' && column?.colname === 'tenant_id';
      const isNotNull = constraintsOf(column).some(({ contype }) => contype === 'CONSTR_NOTNULL');
      if (isDropped || (isAdded && !isNotNull)) yield found(table);
    }
  },
);

const isCreationOf = (node: Node, table: string) =>
  'CreateStmt' in node && relationName(node.CreateStmt.relation) === table;

const found = (table: string) => ({
  object: `${spokenName(table)}.tenant_id`,
  message: `${spokenName(table)}.tenant_id can be NULL`,
});

/** A key: its table, columns, and where it points. */
interface Key {
  table: string;
  name: string;
  columns: string[];
  kind: 'unique' | 'foreign';
  constraint?: Constraint;
}

/** Every key that a statement adds, inline at a column, at a table, or as a unique index. */
function keysOf(node: Node): Key[] {
  if ('CreateStmt' in node) {
    const table = relationName(node.CreateStmt.relation);
    return (node.CreateStmt.tableElts ?? []).flatMap((element) => {
      if ('Constraint' in element) return keyOf(table, element.Constraint, []);
      if (!('ColumnDef' in element)) return [];
      const { colname = '' } = element.ColumnDef;
      return constraintsOf(element.ColumnDef).flatMap((each) => keyOf(table, each, [colname]));
    });
  }
  if ('IndexStmt' in node && node.IndexStmt.unique) {
    const columns = (node.IndexStmt.indexParams ?? []).flatMap((each) =>
      'IndexElem' in each ? (each.IndexElem.name ?? '') : [],
    );
    const table = relationName(node.IndexStmt.relation);
    return [{ table, name: node.IndexStmt.idxname ?? '', columns, kind: 'unique' }];
  }
  return tableChanges(node).flatMap(({ table, constraint, column }) => [
    ...(constraint ? keyOf(table, constraint, []) : []),
    ...constraintsOf(column).flatMap((each) => keyOf(table, each, [column?.colname ?? ''])),
  ]);
}

function keyOf(table: string, constraint: Constraint, inline: string[]): Key[] {
  const { contype, conname, keys, fk_attrs, exclusions, indexname } = constraint;
  const named = (columns: string[]) => conname ?? columns.join('_');
  if (contype === 'CONSTR_FOREIGN') {
    const columns = fk_attrs ? nameParts(fk_attrs) : inline;
    return [{ table, name: named(columns), columns, kind: 'foreign', constraint }];
  }
  // A constraint over an index was judged with the index.
  if (indexname) return [];
  if (contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY') {
    const columns = keys ? nameParts(keys) : inline;
    return [{ table, name: named(columns), columns, kind: 'unique' }];
  }
  if (contype !== 'CONSTR_EXCLUSION') return [];
  const columns = (exclusions ?? []).flatMap((each) =>
    'List' in each
      ? (each.List.items ?? []).flatMap((item) => ('IndexElem' in item ? (item.IndexElem.name ?? '') : []))
      : [],
  );
  return [{ table, name: named(columns), columns, kind: 'unique' }];
}

const unique = nodeRule(
  {
    id: 'unique-without-tenant',
    group: 'tenancy',
    severity: 'error',
    title: 'A unique key of a tenant table does not hold tenant_id',
    why: 'It is unique among all tenants: one cannot use a value that another has, and learns from the refusal that the value exists elsewhere.',
    rewrite: `-- rowhouse:no-transaction
CREATE UNIQUE INDEX CONCURRENTLY "quotes_number" ON "quotes" ("tenant_id", "number");`,
  },
  function* (node, step) {
    for (const { table, name, columns, kind } of keysOf(node)) {
      if (kind !== 'unique' || columns.includes('tenant_id') || !isOfTenants(step, table)) continue;
      yield {
        object: `${spokenName(table)}.${name}`,
        message: `${name} is unique among the rows of all tenants`,
      };
    }
  },
);

const foreign = nodeRule(
  {
    id: 'foreign-key-without-tenant',
    group: 'tenancy',
    severity: 'error',
    title: 'A foreign key between tenant tables does not pair tenant_id',
    why: 'Foreign keys are checked past row security: without the pair a row may point at the row of another tenant, and a deletion there reaches over the wall.',
    rewrite: `ALTER TABLE "comments" ADD CONSTRAINT "comments_quote_fkey" FOREIGN KEY ("tenant_id", "quote_id") REFERENCES "quotes" ("tenant_id", "id") NOT VALID;`,
  },
  function* (node, step) {
    for (const { table, name, columns, constraint } of keysOf(node)) {
      if (!constraint) continue;
      const parent = relationName(constraint.pktable);
      if (!isOfTenants(step, parent) || pairsTenant(columns, constraint)) continue;
      yield {
        object: `${spokenName(table)}.${name}`,
        message: `${name} lets a row of ${spokenName(table)} point at a row of another tenant in ${spokenName(parent)}`,
      };
    }
  },
);

/** Without a list of columns it points at the primary key, which tenant_id leads. */
function pairsTenant(columns: string[], { pk_attrs }: Constraint): boolean {
  const at = columns.indexOf('tenant_id');
  return at >= 0 && (pk_attrs ? nameParts(pk_attrs)[at] === 'tenant_id' : at === 0);
}

const setsNull = nodeRule(
  {
    id: 'foreign-key-nulls-tenant',
    group: 'tenancy',
    severity: 'error',
    title: 'A foreign key would set tenant_id to NULL',
    why: 'ON DELETE SET NULL without a list sets every column of the key, tenant_id too, which is NOT NULL: deleting the parent then always fails.',
    rewrite: `ALTER TABLE "comments" ADD CONSTRAINT "comments_quote_fkey" FOREIGN KEY ("tenant_id", "quote_id") REFERENCES "quotes" ("tenant_id", "id") ON DELETE SET NULL ("quote_id") NOT VALID;`,
  },
  function* (node: Node, step: StepContext) {
    for (const { table, name, columns, constraint } of keysOf(node)) {
      if (!constraint || !columns.includes('tenant_id') || !isOfTenants(step, table)) continue;
      const { fk_del_action, fk_upd_action, fk_del_set_cols } = constraint;
      const set = nameParts(fk_del_set_cols);
      const onDelete = isSet(fk_del_action) && (set.length === 0 || set.includes('tenant_id'));
      if (onDelete || isSet(fk_upd_action))
        yield {
          object: `${spokenName(table)}.${name}`,
          message: `${name} sets tenant_id of ${spokenName(table)}`,
        };
    }
  },
);

const isSet = (action: string | undefined) => action === 'n' || action === 'd';

export const keyRules: readonly StatementRule[] = [nullable, unique, foreign, setsNull];
