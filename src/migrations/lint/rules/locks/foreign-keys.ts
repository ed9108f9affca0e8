import type { Node } from 'libpg-query';
import { nameParts, relationName, spokenName } from '../../../sql/names.js';
import { inWords } from '../../facts/in-words.js';
import type { StatementRule, StepContext, StepRule } from '../../rule.js';
import type { SnapshotTable } from '../../../folder/snapshot.js';
import { executedIn, nodeRule, placedConstraints } from '../node-rule.js';

interface ForeignKey {
  table: string;
  parent: string;
  columns: string[];
}

const foreignKeysOf = (node: Node): ForeignKey[] =>
  placedConstraints(node).flatMap(({ table, constraint, column }) =>
    constraint.contype === 'CONSTR_FOREIGN'
      ? {
          table,
          parent: relationName(constraint.pktable),
          columns: column ? [column] : nameParts(constraint.fk_attrs),
        }
      : [],
  );

const parentLocked: StatementRule = nodeRule(
  {
    id: 'parent-locked',
    group: 'locks',
    severity: 'warning',
    title: 'A new foreign key locks the table it refers to',
    why: `Even for a new table it takes ${inWords('foreign-key-of-a-new-table')}: writers there wait for it, and it waits for them. On a table that everything refers to that is felt everywhere, so let it be the last statement of a short step.`,
    rewrite: `CREATE TABLE "comments" ("tenant_id" uuid NOT NULL, "id" uuid NOT NULL, "quote_id" uuid, CONSTRAINT "comments_pkey" PRIMARY KEY ("tenant_id", "id"));
-- in a short step of its own:
ALTER TABLE "comments" ADD CONSTRAINT "comments_quote_fkey" FOREIGN KEY ("tenant_id", "quote_id") REFERENCES "quotes" ("tenant_id", "id") NOT VALID;`,
  },
  function* (node, { newTables }) {
    for (const { table, parent } of foreignKeysOf(node))
      if (parent !== table && !newTables.has(parent))
        yield {
          object: spokenName(parent),
          message: `Writers of ${spokenName(parent)} wait for the new foreign key of ${spokenName(table)}`,
        };
  },
);

const withoutIndex: StepRule = {
  id: 'foreign-key-without-index',
  group: 'locks',
  severity: 'warning',
  title: 'No index helps the foreign key on the side that refers',
  why: 'To delete a parent, or to change its key, PostgreSQL looks for the rows that refer to it: without an index that begins with the columns of the key it reads the whole table each time, under the lock of the deletion.',
  rewrite: `-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY "comments_quote" ON "comments" ("tenant_id", "quote_id");`,
  *checkStep(step) {
    for (const { node, statement } of executedIn(step)) {
      for (const { table, columns } of foreignKeysOf(node)) {
        if (
          step.shortLived.has(`table ${table}`) ||
          indexesOf(step, table).some((index) => leads(index, columns))
        )
          continue;
        const object = `${spokenName(table)}.${columns.join(', ')}`;
        yield {
          object,
          statement,
          message: `No index of ${spokenName(table)} begins with ${columns.join(', ')}`,
        };
      }
    }
  },
};

const leads = (index: string[], columns: string[]) => {
  const first = index.slice(0, columns.length);
  return columns.every((column) => first.includes(column));
};

/** The columns of each index of a table, partial ones aside: a foreign key cannot use them. */
function indexesOf(step: StepContext, table: string): string[][] {
  const known = [step.before, step.after].flatMap((snapshot) => snapshot?.tables[table] ?? []);
  const made = executedIn(step).flatMap(({ node }) => {
    if ('IndexStmt' in node && relationName(node.IndexStmt.relation) === table && !node.IndexStmt.whereClause)
      return [
        (node.IndexStmt.indexParams ?? []).map((each) =>
          'IndexElem' in each ? (each.IndexElem.name ?? '') : '',
        ),
      ];
    return placedConstraints(node).flatMap(({ table: owner, constraint, column }) =>
      owner === table && ['CONSTR_PRIMARY', 'CONSTR_UNIQUE'].includes(constraint.contype ?? '')
        ? [column ? [column] : nameParts(constraint.keys)]
        : [],
    );
  });
  return [...known.flatMap(snapshotIndexes), ...made];
}

const snapshotIndexes = (table: SnapshotTable): string[][] => [
  ...Object.values(table.indexes)
    .filter(({ where }) => !where)
    .map(({ columns }) => columns.map(({ expression }) => expression)),
  ...Object.values(table.compositePrimaryKeys).map(({ columns }) => columns),
  ...Object.values(table.uniqueConstraints).map(({ columns }) => columns),
  ...Object.values(table.columns).flatMap(({ name, primaryKey }) => (primaryKey ? [[name]] : [])),
];

export const foreignKeyRules = [parentLocked, withoutIndex] as const;
