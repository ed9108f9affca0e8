import type { AlterTableCmd, ColumnDef, Constraint, Node } from 'libpg-query';
import { nameParts, relationName } from '../../sql/names.js';
import type { Statement } from '../../sql/statement.js';
import type { Report, RuleText, StatementRule, StepContext } from '../rule.js';

/** A rule that looks at one tree at a time: at the statement itself, and at each that its DO body executes. */
export const nodeRule = (
  text: RuleText,
  check: (node: Node, step: StepContext, statement: Statement) => Iterable<Report>,
): StatementRule => ({
  ...text,
  *checkStatement(statement, step) {
    for (const node of executed(statement)) yield* check(node, step, statement);
  },
});

/** The tree of a statement, and those that its DO body executes. */
export const executed = ({ node, nested }: Statement): Node[] => [
  node,
  ...nested.flatMap((inner) => inner.node ?? []),
];

/** Every tree that a step executes, with the statement it stands in. */
export const executedIn = ({ sql }: StepContext): { node: Node; statement: Statement }[] =>
  sql.statements.flatMap((statement) => executed(statement).map((node) => ({ node, statement })));

/** One command of an ALTER TABLE. */
export interface TableChange extends AlterTableCmd {
  /** `schema.table` */
  table: string;
  column?: ColumnDef;
  constraint?: Constraint;
}

/** The commands of ALTER TABLE (of a table, not of a view or an index), each with its table. */
export const tableChanges = (node: Node): TableChange[] => changesOf(node, 'OBJECT_TABLE');

/** DROP ATTRIBUTE and the like are written as the commands of a table. */
export const typeAttributeChanges = (node: Node): TableChange[] => changesOf(node, 'OBJECT_TYPE');

function changesOf(node: Node, kind: string): TableChange[] {
  if (!('AlterTableStmt' in node)) return [];
  const { relation, cmds, objtype } = node.AlterTableStmt;
  if (objtype !== kind) return [];
  const table = relationName(relation);
  return (cmds ?? []).flatMap((each) => {
    if (!('AlterTableCmd' in each)) return [];
    const { def } = each.AlterTableCmd;
    return {
      ...each.AlterTableCmd,
      table,
      ...(def && 'ColumnDef' in def ? { column: def.ColumnDef } : {}),
      ...(def && 'Constraint' in def ? { constraint: def.Constraint } : {}),
    };
  });
}

/** The constraints written at a column. */
export const constraintsOf = (column: ColumnDef | undefined): Constraint[] =>
  (column?.constraints ?? []).flatMap((each) => ('Constraint' in each ? each.Constraint : []));

/** A constraint with the column it stands at, or none. */
export interface PlacedConstraint {
  /** `schema.table` */
  table: string;
  constraint: Constraint;
  column: string | undefined;
}

/** Every constraint that CREATE TABLE or ALTER TABLE gives to a table. */
export function placedConstraints(node: Node): PlacedConstraint[] {
  if ('CreateStmt' in node) {
    const table = relationName(node.CreateStmt.relation);
    return (node.CreateStmt.tableElts ?? []).flatMap((element) => {
      if ('Constraint' in element) return [{ table, constraint: element.Constraint, column: undefined }];
      const column = 'ColumnDef' in element ? element.ColumnDef : undefined;
      return constraintsOf(column).map((constraint) => ({ table, constraint, column: column?.colname }));
    });
  }
  return tableChanges(node).flatMap(({ table, constraint, column }) => [
    ...(constraint ? [{ table, constraint, column: undefined }] : []),
    ...constraintsOf(column).map((each) => ({ table, constraint: each, column: column?.colname })),
  ]);
}

/** `true` where an option of this name is given without `false`. */
export const hasOption = (options: Node[] | undefined, name: string): boolean =>
  (options ?? []).some(
    (each) => 'DefElem' in each && each.DefElem.defname === name && !isFalse(each.DefElem.arg),
  );

const isFalse = (node: Node | undefined): boolean => {
  if (!node) return false;
  if ('Boolean' in node) return node.Boolean.boolval !== true;
  if ('Integer' in node) return !node.Integer.ival;
  // A bare word that is no keyword is read as the name of a type.
  const word = nameParts('TypeName' in node ? node.TypeName.names : node).at(-1);
  return ['false', 'off', '0', 'no'].includes(word?.toLowerCase() ?? '');
};
