import type { RuleText, StatementRule } from '../../rule.js';
import { nodeRule } from '../node-rule.js';
import { cascadingConstraints, droppedBy, droppedColumns, isRecreated } from './dropped.js';

interface Kind {
  id: string;
  types: string[];
  word: string;
  lost: string;
  rewrite: string;
}

const expandFirst = (
  rule: string,
  object: string,
  statement: string,
) => `-- 1. A release that no longer uses it; it must be out everywhere.
-- 2. A backup that was restored once to prove it.
-- 3. Then, in a step of its own:
-- rowhouse:confirm ${rule} ${object} reason="unused since 0007, dump kept until 2027"
${statement}`;

const kinds: Kind[] = [
  {
    id: 'drop-schema',
    types: ['OBJECT_SCHEMA'],
    word: 'schema',
    lost: 'every table in it',
    rewrite: expandFirst('drop-schema', 'reporting', 'DROP SCHEMA "reporting";'),
  },
  {
    id: 'drop-table',
    types: ['OBJECT_TABLE', 'OBJECT_FOREIGN_TABLE'],
    word: 'table',
    lost: 'its rows, of every tenant',
    rewrite: `-- In one release: take it out of use, and see that nobody misses it.
ALTER TABLE "quotes" RENAME TO "quotes_unused";
-- In a later one, with the rows known to be gone or kept elsewhere:
-- rowhouse:assert-empty quotes_unused
-- rowhouse:confirm drop-table quotes_unused reason="empty, and nobody asked for it"
DROP TABLE "quotes_unused";`,
  },
  {
    id: 'drop-type',
    types: ['OBJECT_TYPE', 'OBJECT_DOMAIN'],
    word: 'type',
    lost: 'the meaning of the values stored as it',
    rewrite: expandFirst('drop-type', 'quote_status', 'DROP TYPE "quote_status";'),
  },
  {
    id: 'drop-sequence',
    types: ['OBJECT_SEQUENCE'],
    word: 'sequence',
    lost: 'the last number it gave, so that numbers may be given twice',
    rewrite: expandFirst('drop-sequence', 'invoice_numbers', 'DROP SEQUENCE "invoice_numbers";'),
  },
  {
    id: 'drop-materialized-view',
    types: ['OBJECT_MATVIEW'],
    word: 'materialized view',
    lost: 'what it computed, which may take hours to compute again',
    rewrite: expandFirst('drop-materialized-view', 'turnover', 'DROP MATERIALIZED VIEW "turnover";'),
  },
];

const text = ({ id, word, lost, rewrite }: Kind): RuleText => ({
  id,
  group: 'destructive',
  severity: 'critical',
  title: `A ${word} is dropped`,
  why: `What is dropped is lost: ${lost}. A rollback file brings back the name and not the content, and instances of the release before still use it while the new one starts.`,
  rewrite,
});

const dropKinds: StatementRule[] = kinds.map((kind) =>
  nodeRule(text(kind), function* (node, step) {
    for (const { type, name } of droppedBy(node, step)) {
      // An enum that returns under its name has a rule of its own.
      if (!kind.types.includes(type)) continue;
      if (type === 'OBJECT_TYPE' && isRecreated(step.sql.statements, name)) continue;
      yield { object: name, message: `DROP of the ${kind.word} ${name} loses ${kind.lost}` };
    }
  }),
);

const dropColumn = nodeRule(
  {
    id: 'drop-column',
    group: 'destructive',
    severity: 'critical',
    title: 'A column is dropped',
    why: 'The values are lost for every tenant, and instances of the release before name the column in their queries: each of them fails until the last is replaced.',
    rewrite: `-- 1. A release whose schema no longer declares the column.
-- 2. When no older instance runs, in a step of its own:
-- rowhouse:confirm drop-column quotes.note reason="moved to quote_notes in 0007"
ALTER TABLE "quotes" DROP COLUMN "note";`,
  },
  function* (node, step) {
    for (const { name } of droppedColumns(node, step))
      yield { object: name, message: `The values of ${name} are lost, for every tenant` };
  },
);

const dropDatabase = nodeRule(
  {
    id: 'drop-database',
    group: 'destructive',
    severity: 'critical',
    title: 'A database is dropped, or everything that a role owns',
    why: 'No step of a schema has a reason to remove a database, or all that a role owns.',
    rewrite: `-- By hand, by an operator, after a backup that was restored once:
-- DROP DATABASE "rowhouse_old";`,
  },
  function* (node) {
    if ('DropdbStmt' in node) {
      const name = node.DropdbStmt.dbname ?? '';
      yield { object: name, message: `DROP DATABASE ${name} loses all of it` };
    }
    if ('DropOwnedStmt' in node) {
      for (const role of node.DropOwnedStmt.roles ?? []) {
        const name = 'RoleSpec' in role ? (role.RoleSpec.rolename ?? 'the current role') : '';
        yield { object: name, message: `DROP OWNED drops every object of ${name}, and its rights` };
      }
    }
  },
);

const dropCascade = nodeRule(
  {
    id: 'drop-cascade',
    group: 'destructive',
    severity: 'critical',
    title: 'CASCADE takes along what it does not name',
    why: 'CASCADE drops everything that depends on the object: views, foreign keys, policies, columns of that type. What that is depends on the database it meets, and no review of the file can tell.',
    rewrite: `-- Name what goes. Without CASCADE PostgreSQL refuses, and lists what you forgot.
ALTER TABLE "comments" DROP CONSTRAINT "comments_quote_fkey";
DROP TABLE "quotes";`,
  },
  function* (node, step) {
    const names = [
      ...droppedBy(node, step).filter(({ isCascade, type }) => isCascade && !nothingDependsOn.has(type)),
      ...droppedColumns(node, step).filter(({ isCascade }) => isCascade),
      ...cascadingConstraints(node, step),
    ];
    for (const { name } of names)
      yield { object: name, message: `CASCADE drops all that depends on ${name}, whatever it is by then` };
    if ('DropOwnedStmt' in node && node.DropOwnedStmt.behavior === 'DROP_CASCADE')
      yield { object: 'owned', message: 'CASCADE drops what other roles built on these objects, too' };
  },
);

/** drizzle-kit writes CASCADE at every policy. */
const nothingDependsOn = new Set(['OBJECT_POLICY', 'OBJECT_TRIGGER', 'OBJECT_RULE']);

export const dropRules: readonly StatementRule[] = [...dropKinds, dropColumn, dropDatabase, dropCascade];
