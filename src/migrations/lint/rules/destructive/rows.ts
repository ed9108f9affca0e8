import type { Node } from 'libpg-query';
import { relationName, spokenName } from '../../../sql/names.js';
import { nodesOf } from '../../../sql/walk.js';
import type { StatementRule } from '../../rule.js';
import { isAlwaysTrue } from '../expression.js';
import { nodeRule } from '../node-rule.js';

const truncate = nodeRule(
  {
    id: 'truncate-table',
    group: 'destructive',
    severity: 'critical',
    title: 'TRUNCATE empties a table',
    why: 'It removes the rows of every tenant, past row security and past triggers, and CASCADE empties the tables that refer to it as well.',
    rewrite: `-- rowhouse:data
-- rowhouse:confirm delete-without-where drafts reason="a cache, filled again at start"
DELETE FROM "drafts";`,
  },
  function* (node, { newTables }) {
    if (!('TruncateStmt' in node)) return;
    const cascade = node.TruncateStmt.behavior === 'DROP_CASCADE' ? ', and of all that refer to it' : '';
    for (const each of node.TruncateStmt.relations ?? []) {
      const table = relationName('RangeVar' in each ? each.RangeVar : undefined);
      if (newTables.has(table)) continue;
      yield {
        object: spokenName(table),
        message: `TRUNCATE removes all rows of ${spokenName(table)}${cascade}`,
      };
    }
  },
);

const deleteAll = nodeRule(
  {
    id: 'delete-without-where',
    group: 'destructive',
    severity: 'critical',
    title: 'DELETE removes every row',
    why: 'Without a WHERE that narrows it the rows of every tenant go: the migrator reads past row security.',
    rewrite: `-- rowhouse:data
DELETE FROM "drafts" WHERE "expires_at" < '2026-01-01';`,
  },
  function* (node, { newTables }) {
    for (const table of emptiedBy(node)) {
      if (newTables.has(table)) continue;
      yield { object: spokenName(table), message: `DELETE removes every row of ${spokenName(table)}` };
    }
  },
);

/** Wherever in the statement it stands: in a WITH, in a COPY, behind EXPLAIN or PREPARE; a MERGE deletes as well. */
function emptiedBy(node: Node): string[] {
  // What is only defined here runs later, if ever.
  if ('CreateFunctionStmt' in node || 'RuleStmt' in node) return [];
  const deletes = nodesOf(node, 'DeleteStmt').filter(
    // A join by itself narrows nothing.
    ({ whereClause }) => !whereClause || isAlwaysTrue(whereClause),
  );
  const merges = nodesOf(node, 'MergeStmt').filter(({ joinCondition, mergeWhenClauses = [] }) =>
    mergeWhenClauses.some((each) => {
      if (!('MergeWhenClause' in each) || each.MergeWhenClause.commandType !== 'CMD_DELETE') return false;
      const { condition, matchKind } = each.MergeWhenClause;
      if (condition && !isAlwaysTrue(condition)) return false;
      return (
        matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE' || !joinCondition || isAlwaysTrue(joinCondition)
      );
    }),
  );
  return [...deletes, ...merges].map(({ relation }) => relationName(relation));
}

const updateAll = nodeRule(
  {
    id: 'update-without-where',
    group: 'destructive',
    severity: 'error',
    title: 'UPDATE overwrites every row',
    why: 'One statement writes every row of every tenant anew: what stood there is lost, the table doubles in size, and each row stays locked until the step ends.',
    rewrite: `-- rowhouse:data
UPDATE "quotes" SET "currency" = 'EUR' WHERE "currency" IS NULL;`,
  },
  function* (node, { newTables }) {
    if (!('UpdateStmt' in node)) return;
    const table = relationName(node.UpdateStmt.relation);
    if (newTables.has(table) || !isUnrestricted(node.UpdateStmt)) return;
    yield { object: spokenName(table), message: `UPDATE writes every row of ${spokenName(table)}` };
  },
);

const isUnrestricted = ({
  whereClause,
  ...rest
}: {
  whereClause?: Node;
  usingClause?: Node[];
  fromClause?: Node[];
}) => (whereClause ? isAlwaysTrue(whereClause) : (rest.usingClause ?? rest.fromClause ?? []).length === 0);

const dataInSchemaStep = nodeRule(
  {
    id: 'data-in-schema-step',
    group: 'destructive',
    severity: 'warning',
    title: 'Rows are changed in a step that changes the schema',
    why: 'In one transaction the locks of the schema change are held until the last row is written, and a step that was meant to be quick is as slow as the table is large. A step marked as data says that rows change on purpose, and stands alone.',
    rewrite: `-- A step of its own (npm run db:generate -- --custom --name backfill_currency):
-- rowhouse:data
UPDATE "quotes" SET "currency" = 'EUR' WHERE "currency" IS NULL;`,
  },
  function* (node, { isData, newTables }) {
    if (isData) return;
    for (const { verb, table } of writes(node)) {
      if (newTables.has(table)) continue;
      yield {
        object: spokenName(table),
        message: `${verb} ${spokenName(table)} in a step not marked "-- rowhouse:data"`,
      };
    }
  },
);

/** Also those inside a WITH. */
function* writes(node: Node): Generator<{ verb: string; table: string }> {
  if ('InsertStmt' in node) yield { verb: 'INSERT INTO', table: relationName(node.InsertStmt.relation) };
  if ('UpdateStmt' in node) yield { verb: 'UPDATE', table: relationName(node.UpdateStmt.relation) };
  if ('DeleteStmt' in node) yield { verb: 'DELETE FROM', table: relationName(node.DeleteStmt.relation) };
  if ('MergeStmt' in node) yield { verb: 'MERGE INTO', table: relationName(node.MergeStmt.relation) };
  if ('CopyStmt' in node && node.CopyStmt.is_from)
    yield { verb: 'COPY', table: relationName(node.CopyStmt.relation) };
  if ('SelectStmt' in node)
    for (const cte of node.SelectStmt.withClause?.ctes ?? [])
      if ('CommonTableExpr' in cte && cte.CommonTableExpr.ctequery)
        yield* writes(cte.CommonTableExpr.ctequery);
}

export const rowRules: readonly StatementRule[] = [truncate, deleteAll, updateAll, dataInSchemaStep];
