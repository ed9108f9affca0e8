import { relationName, spokenName } from '../../../sql/names.js';
import { inWords } from '../../facts/in-words.js';
import type { StatementRule } from '../../rule.js';
import { droppedBy, dropsTable } from '../destructive/dropped.js';
import { hasOption, nodeRule } from '../node-rule.js';

const create = nodeRule(
  {
    id: 'index-not-concurrent',
    group: 'locks',
    severity: 'error',
    title: 'An index is built while nobody can write',
    why: `CREATE INDEX takes ${inWords('create-index')} meanwhile: every INSERT, UPDATE and DELETE waits. CONCURRENTLY takes ${inWords('create-index-concurrently')}. A partitioned table takes it partition by partition, with CREATE INDEX ON ONLY first.`,
    rewrite: `-- In a step of its own:
-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY "quotes_number" ON "quotes" ("tenant_id", "number");`,
  },
  function* (node, { newTables }) {
    if (!('IndexStmt' in node) || node.IndexStmt.concurrent) return;
    const table = relationName(node.IndexStmt.relation);
    const name = node.IndexStmt.idxname ?? 'the index';
    if (!newTables.has(table))
      yield { object: name, message: `Nobody can write to ${spokenName(table)} until ${name} is built` };
  },
);

const drop = nodeRule(
  {
    id: 'drop-index-not-concurrent',
    group: 'locks',
    severity: 'warning',
    title: 'An index is dropped without CONCURRENTLY',
    why: `DROP INDEX takes ${inWords('drop-index')}: it is quick, but it waits for the longest query on the table, and everything else waits behind it. CONCURRENTLY takes ${inWords('drop-index-concurrently')}.`,
    rewrite: `-- rowhouse:no-transaction
DROP INDEX CONCURRENTLY "quotes_number";`,
  },
  function* (node, step) {
    if (!('DropStmt' in node) || node.DropStmt.concurrent) return;
    for (const { type, name } of droppedBy(node, step)) {
      const table = Object.entries(step.before.tables).find(([, { indexes }]) => indexes[name])?.[0];
      if (type !== 'OBJECT_INDEX' || (table !== undefined && dropsTable(step, table))) continue;
      yield {
        object: name,
        message: `DROP INDEX ${name} makes every query on its table wait for the longest one`,
      };
    }
  },
);

const reindex = nodeRule(
  {
    id: 'reindex-not-concurrent',
    group: 'locks',
    severity: 'error',
    title: 'An index is rebuilt while nobody can write',
    why: `REINDEX takes ${inWords('reindex')}, and ACCESS EXCLUSIVE on the index: queries that would use it wait, too.`,
    rewrite: `-- rowhouse:no-transaction
REINDEX INDEX CONCURRENTLY "quotes_number";`,
  },
  function* (node, { newTables }) {
    if (!('ReindexStmt' in node) || hasOption(node.ReindexStmt.params, 'concurrently')) return;
    const { relation, name } = node.ReindexStmt;
    const object = relation ? relationName(relation) : (name ?? '');
    if (!newTables.has(object))
      yield {
        object: spokenName(object),
        message: `Nobody can write until ${spokenName(object)} is rebuilt`,
      };
  },
);

export const indexRules: readonly StatementRule[] = [create, drop, reindex];
