import type { Node } from 'libpg-query';
import { relationName, spokenName } from '../../../sql/names.js';
import { inWords } from '../../facts/in-words.js';
import type { Rule, StepContext, StepRule } from '../../rule.js';
import { executedIn, hasOption, nodeRule, tableChanges } from '../node-rule.js';

const rewritten = nodeRule(
  {
    id: 'table-rewritten',
    group: 'locks',
    severity: 'error',
    title: 'A table is written anew as a whole',
    why: `VACUUM FULL, CLUSTER, SET LOGGED, SET TABLESPACE and SET ACCESS METHOD take ${inWords('cluster')}: nobody reads the table meanwhile, and it needs its own size in free space.`,
    rewrite: `-- Space is used again without any of it; to give it back, by an operator: pg_repack.
-- rowhouse:no-transaction
VACUUM (ANALYZE) "quotes";`,
  },
  function* (node, { newTables }) {
    for (const { table, by } of rewrites(node))
      if (!newTables.has(table))
        yield { object: spokenName(table), message: `${by} writes all of ${spokenName(table)} anew` };
  },
);

function rewrites(node: Node): { table: string; by: string }[] {
  if ('VacuumStmt' in node && hasOption(node.VacuumStmt.options, 'full')) {
    const tables = (node.VacuumStmt.rels ?? []).flatMap((each) =>
      'VacuumRelation' in each ? relationName(each.VacuumRelation.relation) : [],
    );
    return (tables.length > 0 ? tables : ['every table']).map((table) => ({ table, by: 'VACUUM FULL' }));
  }
  if ('ClusterStmt' in node) {
    const { relation } = node.ClusterStmt;
    return [{ table: relation ? relationName(relation) : 'every table', by: 'CLUSTER' }];
  }
  return tableChanges(node).flatMap(({ table, subtype }) => {
    const by = rewritingChanges[subtype ?? ''];
    return by ? { table, by } : [];
  });
}

const rewritingChanges: Partial<Record<string, string>> = {
  AT_SetLogged: 'SET LOGGED',
  AT_SetUnLogged: 'SET UNLOGGED',
  AT_SetTableSpace: 'SET TABLESPACE',
  AT_SetAccessMethod: 'SET ACCESS METHOD',
};

const workAfterLock: StepRule = {
  id: 'work-after-exclusive-lock',
  group: 'locks',
  severity: 'warning',
  title: 'The step goes on working while it holds ACCESS EXCLUSIVE',
  why: 'Locks are held until the transaction ends: from the first ACCESS EXCLUSIVE on nobody reads that table, however quick the statement itself was. A second table to wait for makes it worse, and two such transactions a deadlock.',
  rewrite: `-- The slow part in a step before it, or after it:
-- rowhouse:data
UPDATE "quotes" SET "currency" = 'EUR' WHERE "currency" IS NULL;
-- and one table a step for what locks:
ALTER TABLE "quotes" ADD COLUMN "region" text;`,
  *checkStep(step) {
    if (!step.isTransactional) return;
    let held: string | undefined;
    for (const { node, statement } of executedIn(step)) {
      const work = held !== undefined && workOf(node, step, held);
      if (held && work) {
        yield {
          object: spokenName(held),
          statement,
          message: `${work} while nobody can read ${spokenName(held)}`,
        };
        return;
      }
      held ??= exclusivelyLocked(node, step);
    }
  },
};

/** The old table that a statement locks against readers as well. */
function exclusivelyLocked(node: Node, step: StepContext): string | undefined {
  const tables = tableChanges(node)
    .filter(({ subtype, constraint }) => !mild.has(subtype ?? '') && constraint?.contype !== 'CONSTR_FOREIGN')
    .map(({ table }) => table);
  if ('CreatePolicyStmt' in node) tables.push(relationName(node.CreatePolicyStmt.table));
  if ('AlterPolicyStmt' in node) tables.push(relationName(node.AlterPolicyStmt.table));
  if ('TruncateStmt' in node)
    tables.push(
      ...(node.TruncateStmt.relations ?? []).flatMap((each) =>
        'RangeVar' in each ? relationName(each.RangeVar) : [],
      ),
    );
  if ('RenameStmt' in node && node.RenameStmt.relation && node.RenameStmt.renameType !== 'OBJECT_INDEX')
    tables.push(relationName(node.RenameStmt.relation));
  return tables.find((table) => !isNew(step, table));
}

const mild = new Set(['AT_ValidateConstraint', 'AT_SetStatistics', 'AT_EnableTrig', 'AT_DisableTrig']);

const isNew = ({ newTables, shortLived }: StepContext, table: string) =>
  newTables.has(table) || shortLived.has(`table ${table}`);

/** What takes long, or waits for somebody else. */
function workOf(node: Node, step: StepContext, held: string): string | undefined {
  if ('UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node) return 'Rows are changed';
  if ('InsertStmt' in node) return insertsQuery(node.InsertStmt.selectStmt) ? 'Rows are copied' : undefined;
  if ('IndexStmt' in node && !isNew(step, relationName(node.IndexStmt.relation))) return 'An index is built';
  if ('RefreshMatViewStmt' in node) return 'A materialized view is computed';
  if (tableChanges(node).some(({ subtype }) => subtype === 'AT_ValidateConstraint'))
    return 'A constraint is validated';
  const other = exclusivelyLocked(node, step);
  return other && other !== held ? `The step waits for ${spokenName(other)}` : undefined;
}

const insertsQuery = (select: Node | undefined) =>
  select !== undefined && 'SelectStmt' in select && !select.SelectStmt.valuesLists;

export const waitingRules: readonly Rule[] = [rewritten, workAfterLock];
