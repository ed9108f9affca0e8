import type { Node } from 'libpg-query';
import { parseSql } from '../sql/parse.js';
import type { WholeSnapshot } from './differences.js';

/** A step as it will be written. */
export interface PlannedStep {
  /** Appended to the name of the step. */
  suffix: '' | '_validate' | '_indexes';
  isTransactional: boolean;
  /** With their semicolon. */
  statements: string[];
  /** The schema once it is applied. */
  after: WholeSnapshot;
}

/**
 * What drizzle-kit wrote, in the form that does not hold up a table in use: foreign keys and checks of tables that exist
 * already are added NOT VALID and validated in a step of their own, and their indexes are built and dropped CONCURRENTLY
 * in a third, which runs without a transaction. New tables need none of it.
 */
export function safeSteps(statements: string[], before: WholeSnapshot, after: WholeSnapshot): PlannedStep[] {
  const main: string[] = [];
  const validations: string[] = [];
  const indexes: string[] = [];
  for (const statement of statements) {
    const form = safeForm(statement, before);
    if (form.index) indexes.push(form.index);
    else main.push(form.statement ?? statement);
    if (form.validation) validations.push(form.validation);
  }
  const beforeIndexes = indexes.length > 0 ? withIndexesOf(before, after) : after;
  const steps: PlannedStep[] = [
    { suffix: '', isTransactional: true, statements: main, after: beforeIndexes },
    { suffix: '_validate', isTransactional: true, statements: validations, after: beforeIndexes },
    { suffix: '_indexes', isTransactional: false, statements: indexes, after },
  ];
  return steps.filter((step) => step.statements.length > 0);
}

interface SafeForm {
  statement?: string;
  validation?: string;
  index?: string;
}

function safeForm(statement: string, before: WholeSnapshot): SafeForm {
  const [parsed] = parseSql(statement).statements;
  if (!parsed) return {};
  const { node, text } = parsed;
  if ('IndexStmt' in node && isOld(node.IndexStmt.relation, before))
    return { index: `${text.replace(/^(CREATE (?:UNIQUE )?INDEX)(?: CONCURRENTLY)?/i, '$1 CONCURRENTLY')};` };
  if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_INDEX')
    // IF EXISTS: dropping a column in the step before took its indexes along.
    return {
      index: `${text.replace(/^DROP INDEX(?: CONCURRENTLY)?(?: IF EXISTS)?/i, 'DROP INDEX CONCURRENTLY IF EXISTS')};`,
    };
  const constraint = addedConstraint(node);
  if (!constraint || !isOld(constraint.relation, before)) return {};
  const table = /^ALTER TABLE (?:ONLY )?((?:"[^"]+"\.)?"[^"]+")/i.exec(text)?.[1];
  if (!table) return {};
  return {
    statement: `${text} NOT VALID;`,
    validation: `ALTER TABLE ${table} VALIDATE CONSTRAINT "${constraint.name}";`,
  };
}

interface Relation {
  schemaname?: string;
  relname?: string;
}

function addedConstraint(node: Node): { name: string; relation: Relation | undefined } | undefined {
  if (!('AlterTableStmt' in node)) return undefined;
  const [command, ...more] = node.AlterTableStmt.cmds ?? [];
  if (more.length > 0 || !command || !('AlterTableCmd' in command)) return undefined;
  const { def } = command.AlterTableCmd;
  if (!def || !('Constraint' in def) || def.Constraint.skip_validation) return undefined;
  const { contype, conname } = def.Constraint;
  if (conname === undefined || (contype !== 'CONSTR_FOREIGN' && contype !== 'CONSTR_CHECK')) return undefined;
  return { name: conname, relation: node.AlterTableStmt.relation };
}

const isOld = (relation: Relation | undefined, { tables }: WholeSnapshot): boolean =>
  `${relation?.schemaname ?? 'public'}.${relation?.relname}` in tables;

/** The schema after all but the indexes of old tables. */
function withIndexesOf(before: WholeSnapshot, after: WholeSnapshot): WholeSnapshot {
  const tables = Object.entries(after.tables).map(([key, table]) => {
    const old = before.tables[key];
    return [key, old ? { ...table, indexes: withoutLost(old.indexes, table.columns) } : table] as const;
  });
  return { ...after, tables: Object.fromEntries(tables) };
}

/** An index goes with a column that is dropped. */
const withoutLost = <I extends { columns: { expression: string; isExpression: boolean }[] }>(
  indexes: Record<string, I>,
  columns: object,
): Record<string, I> =>
  Object.fromEntries(
    Object.entries(indexes).filter(([, index]) =>
      index.columns.every(({ isExpression, expression }) => isExpression || expression in columns),
    ),
  );
