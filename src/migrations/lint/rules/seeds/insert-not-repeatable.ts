import type { InsertStmt, Node, SelectStmt } from 'libpg-query';
import { nameParts, relationName, spokenName } from '../../../sql/names.js';
import { nodesOf } from '../../../sql/walk.js';
import type { Report, StatementRule } from '../../rule.js';
import { nodesOfStatement } from '../nodes-of-statement.js';

export const insertNotRepeatable: StatementRule = {
  id: 'insert-not-repeatable',
  group: 'seeds',
  severity: 'error',
  title: 'An INSERT adds its rows again, or fails, when it runs a second time',
  why: 'A step without a transaction that is resumed, a database restored from a copy, and a row that somebody entered by hand all meet the same INSERT again. It must know its rows: a fixed key and ON CONFLICT, or WHERE NOT EXISTS. A key that is made anew by each run conflicts with nothing.',
  rewrite: `INSERT INTO countries (code, name) VALUES ('CH', 'Switzerland')
ON CONFLICT (code) DO UPDATE SET name = excluded.name;`,
  checkStatement: (statement, { newTables, isTransactional }) =>
    nodesOfStatement(statement).flatMap((node) =>
      insertsIn(node).flatMap((insert): Report[] => {
        const table = relationName(insert.relation);
        // A table of this very transaction is empty whenever it runs.
        if (isTransactional && newTables.has(table)) return [];
        const problem = problemOf(insert);
        return problem ? [{ object: table, message: `The INSERT into ${spokenName(table)} ${problem}` }] : [];
      }),
    ),
};

/** Also those in WITH; not those in the body of a function, which runs later. */
const insertsIn = (node: Node): readonly InsertStmt[] =>
  'RuleStmt' in node ? [] : nodesOf(node, 'InsertStmt');

function problemOf(insert: InsertStmt): string | undefined {
  if (!insert.onConflictClause)
    return rowsAreChecked(insert.selectStmt) ? undefined : 'has neither ON CONFLICT nor WHERE NOT EXISTS';
  const target = (insert.onConflictClause.infer?.indexElems ?? []).flatMap((element) =>
    'IndexElem' in element ? (element.IndexElem.name ?? []) : [],
  );
  const columns = (insert.cols ?? []).map((column) =>
    'ResTarget' in column ? column.ResTarget.name : undefined,
  );
  if (columns.length === 0 || target.length === 0) return undefined;
  const made = target.find(
    (column) => !columns.includes(column) || isMadeAnew(insert, columns.indexOf(column)),
  );
  return made === undefined ? undefined : `never conflicts: each run makes ${made} anew`;
}

const random = /^(gen_random_uuid|uuid_generate_v[14]|uuidv[47]|nextval|random|clock_timestamp|now)$/;

/** The value of a column is a call that answers otherwise each time, or DEFAULT. */
function isMadeAnew({ selectStmt }: InsertStmt, index: number): boolean {
  const rows = selectStmt && 'SelectStmt' in selectStmt ? (selectStmt.SelectStmt.valuesLists ?? []) : [];
  return rows.some((row) => {
    const value = 'List' in row ? row.List.items?.[index] : undefined;
    if (!value) return false;
    if ('SetToDefault' in value) return true;
    return nodesOf(value, 'FuncCall').some(({ funcname }) => random.test(nameParts(funcname).at(-1) ?? ''));
  });
}

/** INSERT ... SELECT that leaves out what is there: NOT EXISTS, NOT IN, EXCEPT, or an outer join that found nothing. */
function rowsAreChecked(select: Node | undefined): boolean {
  if (!select || !('SelectStmt' in select)) return false;
  const { SelectStmt: query } = select;
  if (query.op === 'SETOP_EXCEPT') return true;
  return isNegated(query) || nodesOf(query.whereClause, 'NullTest').length > 0;
}

const isNegated = ({ whereClause }: SelectStmt) =>
  nodesOf(whereClause, 'BoolExpr').some(
    ({ boolop, args }) => boolop === 'NOT_EXPR' && nodesOf(args, 'SubLink').length > 0,
  );
