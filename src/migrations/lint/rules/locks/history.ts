import type { Constraint, Node } from 'libpg-query';
import { fileOf } from '../../../folder/folder-content.js';
import { nameParts, qualifiedName, relationName } from '../../../sql/names.js';
import { SqlSyntaxError, type Statement } from '../../../sql/statement.js';
import { nodesOf } from '../../../sql/walk.js';
import { volatileExtensionFunctions, volatileFunctions } from '../../facts/volatile-functions.js';
import { parsedFile } from '../../parsed-file.js';
import type { StepContext } from '../../rule.js';
import { executed, placedConstraints, tableChanges } from '../node-rule.js';

/**
 * What was executed before a statement, oldest first: by the earlier steps whose text `mentions` it at all (parsing all
 * of them for each question would take seconds), then by this step.
 */
export function executedBefore(step: StepContext, statement: Statement, mentions: RegExp): Node[] {
  const { folder, tag } = step;
  const tags = (folder.journal ?? []).map((entry) => entry.tag);
  const earlier = tags.slice(0, tags.indexOf(tag)).flatMap((each) => {
    const file = fileOf(folder, each);
    if (!file || !mentions.test(file.text)) return [];
    const parsed = parsedFile(file);
    return parsed instanceof SqlSyntaxError ? [] : parsed.statements;
  });
  const own = step.sql.statements.filter(({ index }) => index < statement.index);
  return [...earlier, ...own].flatMap(executed);
}

/** Whether a validated CHECK (or NOT NULL constraint) already proves that the column has no NULL. */
export function isProvenNotNull(
  step: StepContext,
  statement: Statement,
  table: string,
  column: string,
): boolean {
  const known = step.before.tables[table];
  if (known?.columns[column]?.notNull) return true;
  const checks = new Map<string, boolean>();
  for (const { name, value } of Object.values(known?.checkConstraints ?? {}))
    if (columnAsserted(value) === column) checks.set(name, true);
  for (const node of executedBefore(step, statement, /not\s+null\s*\)|not\s+valid|validate/i)) {
    for (const { table: owner, constraint, column: at } of placedConstraints(node))
      if (owner === table && demandsValue(constraint, column, at))
        checks.set(constraint.conname ?? '', !constraint.skip_validation);
    for (const { table: owner, subtype, name = '' } of tableChanges(node)) {
      if (owner !== table) continue;
      if (subtype === 'AT_ValidateConstraint' && checks.has(name)) checks.set(name, true);
      if (subtype === 'AT_DropConstraint') checks.delete(name);
    }
  }
  return [...checks.values()].includes(true);
}

/** The column of `"quotes"."currency" is not null`, as drizzle notes a check. */
const columnAsserted = (check: string) =>
  /^\(*(?:[\w.]+\.)?(\w+) is not null\)*$/i.exec(check.replaceAll('"', '').trim())?.[1];

function demandsValue(
  { contype, raw_expr, keys }: Constraint,
  column: string,
  at: string | undefined,
): boolean {
  if (contype === 'CONSTR_NOTNULL') return at === undefined && nameParts(keys).includes(column);
  return contype === 'CONSTR_CHECK' && raw_expr !== undefined && isNotNullOf(raw_expr, column);
}

function isNotNullOf(node: Node, column: string): boolean {
  if ('BoolExpr' in node)
    return (
      node.BoolExpr.boolop === 'AND_EXPR' &&
      (node.BoolExpr.args ?? []).some((arg) => isNotNullOf(arg, column))
    );
  if (!('NullTest' in node) || node.NullTest.nulltesttype !== 'IS_NOT_NULL') return false;
  const { arg } = node.NullTest;
  return arg !== undefined && 'ColumnRef' in arg && nameParts(arg.ColumnRef.fields).at(-1) === column;
}

/** The function that makes a default volatile; undefined: it is computed once for all rows. */
export function volatileCall(step: StepContext, statement: Statement, expression: Node): string | undefined {
  return [...nodesOf(expression, 'FuncCall')]
    .map(({ funcname }) => nameParts(funcname))
    .find((parts) => isVolatile(step, statement, parts))
    ?.at(-1);
}

function isVolatile(step: StepContext, statement: Statement, parts: string[]): boolean {
  const name = parts.at(-1) ?? '';
  const own = executedBefore(step, statement, /create\s+(or\s+replace\s+)?function/i).findLast(
    (node) => 'CreateFunctionStmt' in node && nameParts(node.CreateFunctionStmt.funcname).at(-1) === name,
  );
  if (own && 'CreateFunctionStmt' in own) return !isDeclaredStable(own.CreateFunctionStmt.options);
  if (volatileFunctions.has(name) || volatileExtensionFunctions.has(name) || name.startsWith('pg_'))
    return true;
  // Nobody here knows a function of another schema, and VOLATILE is what a function is when nothing is said.
  return parts.length > 1 && parts[0] !== 'pg_catalog';
}

const isDeclaredStable = (options: Node[] | undefined) =>
  (options ?? []).some(
    (each) =>
      'DefElem' in each &&
      each.DefElem.defname === 'volatility' &&
      ['stable', 'immutable'].includes(nameParts(each.DefElem.arg)[0] ?? ''),
  );

/** What makes a new column of this domain cost a rewrite; undefined: nothing, or it is no domain that a step made. */
export function costOfDomain(
  step: StepContext,
  statement: Statement,
  names: Node[] | undefined,
): string | undefined {
  const wanted = qualifiedName(names);
  const nodes = executedBefore(step, statement, /\bdomain\b/i);
  const domain = nodes.findLast(
    (node) => 'CreateDomainStmt' in node && qualifiedName(node.CreateDomainStmt.domainname) === wanted,
  );
  if (!domain || !('CreateDomainStmt' in domain)) return undefined;
  for (const each of domain.CreateDomainStmt.constraints ?? []) {
    if (!('Constraint' in each)) continue;
    const { contype, raw_expr } = each.Constraint;
    if (contype === 'CONSTR_CHECK' || contype === 'CONSTR_NOTNULL') return 'a constraint';
    if (contype === 'CONSTR_DEFAULT' && raw_expr && volatileCall(step, statement, raw_expr))
      return 'a volatile default';
  }
  const isConstrained = nodes.some(
    (node) =>
      'AlterDomainStmt' in node &&
      ['C', 'O'].includes(node.AlterDomainStmt.subtype ?? '') &&
      qualifiedName(node.AlterDomainStmt.typeName) === wanted,
  );
  return isConstrained ? 'a constraint' : undefined;
}

/** The columns of a unique index, from the snapshot or an earlier statement of the step. */
export function columnsOfIndex(step: StepContext, table: string, index: string): string[] {
  const known = step.before.tables[table]?.indexes[index];
  if (known) return known.columns.map(({ expression }) => expression);
  return step.sql.statements
    .flatMap(executed)
    .flatMap((node) =>
      'IndexStmt' in node &&
      node.IndexStmt.idxname === index &&
      relationName(node.IndexStmt.relation) === table
        ? (node.IndexStmt.indexParams ?? []).flatMap((each) =>
            'IndexElem' in each ? (each.IndexElem.name ?? []) : [],
          )
        : [],
    );
}
