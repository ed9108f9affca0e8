import { typeText } from '../../sql/type-text.js';
import type { Statement } from '../../sql/statement.js';
import type { StepContext } from '../rule.js';
import { executed, tableChanges } from './node-rule.js';

/** One ALTER COLUMN ... TYPE of a table that was there before the step. */
export interface TypeChange {
  table: string;
  column: string;
  /** undefined: no snapshot and no earlier statement tells. */
  from: string | undefined;
  to: string;
  /** A conversion of one's own; `USING "c"::type` is none. */
  isConverted: boolean;
  hasCollation: boolean;
}

/** Those of one statement. */
export const typeChanges = (statement: Statement, step: StepContext): TypeChange[] =>
  executed(statement)
    .flatMap(tableChanges)
    .flatMap(({ subtype, table, name = '', column }) => {
      if (subtype !== 'AT_AlterColumnType' || step.newTables.has(table)) return [];
      const to = typeText(column?.typeName);
      const using = column?.raw_default;
      const isPlainCast =
        using !== undefined &&
        'TypeCast' in using &&
        'ColumnRef' in (using.TypeCast.arg ?? {}) &&
        typeText(using.TypeCast.typeName) === to;
      const isConverted = using !== undefined && !isPlainCast;
      const from = typeBefore(step, statement, table, name);
      return { table, column: name, from, to, isConverted, hasCollation: column?.collClause !== undefined };
    });

/** The type of a column as the statement finds it: from the step's earlier statements, else from the snapshot. */
export function typeBefore(step: StepContext, statement: Statement, table: string, name: string) {
  const earlier = step.sql.statements
    .filter(({ index }) => index < statement.index)
    .flatMap(executed)
    .flatMap(tableChanges)
    .findLast(
      (change) =>
        change.table === table &&
        (change.subtype === 'AT_AlterColumnType' ? change.name : change.column?.colname) === name,
    );
  return earlier?.column ? typeText(earlier.column.typeName) : step.before.tables[table]?.columns[name]?.type;
}
