import type { ColumnDef } from 'libpg-query';
import { relationName, spokenName } from '../../../sql/names.js';
import { typeText } from '../../../sql/type-text.js';
import type { Report, StatementRule } from '../../rule.js';
import { nodesOfStatement } from '../nodes-of-statement.js';

export const notNullWithoutDefault: StatementRule = {
  id: 'not-null-without-default',
  group: 'compatibility',
  severity: 'error',
  title: 'A column is added that is NOT NULL and has no default',
  why: 'PostgreSQL refuses it where the table has a row (23502), so it works on an empty development database only. Where it works, the code that is still running does not know the column, and every INSERT of it fails.',
  rewrite: `ALTER TABLE orders ADD COLUMN note text NOT NULL DEFAULT '';
-- A constant default rewrites nothing. Drop it in a later release, if the code always says a value.`,
  checkStatement: (statement, { newTables }) =>
    nodesOfStatement(statement).flatMap((node) => {
      if (!('AlterTableStmt' in node)) return [];
      const table = relationName(node.AlterTableStmt.relation);
      if (newTables.has(table)) return [];
      return (node.AlterTableStmt.cmds ?? []).flatMap((cmd): Report[] => {
        const def = 'AlterTableCmd' in cmd ? cmd.AlterTableCmd.def : undefined;
        if (!def || !('ColumnDef' in def) || !needsValue(def.ColumnDef)) return [];
        const column = `${table}.${def.ColumnDef.colname}`;
        return [
          {
            object: column,
            message: `${spokenName(column)} is NOT NULL and says no default for the rows that are there`,
          },
        ];
      });
    }),
};

const valued = new Set(['CONSTR_DEFAULT', 'CONSTR_GENERATED', 'CONSTR_IDENTITY']);

function needsValue({ constraints = [], typeName }: ColumnDef): boolean {
  const kinds = constraints.map((each) => ('Constraint' in each ? each.Constraint.contype : undefined));
  const isRequired = kinds.some((kind) => kind === 'CONSTR_NOTNULL' || kind === 'CONSTR_PRIMARY');
  return isRequired && !kinds.some((kind) => kind && valued.has(kind)) && !/serial/.test(typeText(typeName));
}
