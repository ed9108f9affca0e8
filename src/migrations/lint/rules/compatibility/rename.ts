import type { Node } from 'libpg-query';
import { qualifiedName, relationName, spokenName } from '../../../sql/names.js';
import type { Statement } from '../../../sql/statement.js';
import type { Report, RuleText, StatementRule, StepContext } from '../../rule.js';
import { nodesOfStatement } from '../nodes-of-statement.js';

const why = (what: string) =>
  `While a release is rolled out, the old code and the new one run against the same database, and one of them does not know the ${what}'s name. Rolling back the code breaks in the same way. A rename is an expand and a contract: add the new one, write both, move the rows, read the new one, and drop the old one in a later release.`;

type Judge = (node: Node, step: StepContext, statement: Statement) => Report | undefined;

const renames = (text: Pick<RuleText, 'id' | 'title' | 'why' | 'rewrite'>, judge: Judge): StatementRule => ({
  ...text,
  group: 'compatibility',
  severity: 'error',
  checkStatement: (statement, step) =>
    nodesOfStatement(statement).flatMap((node) => judge(node, step, statement) ?? []),
});

export const renameColumn = renames(
  {
    id: 'rename-column',
    title: 'A column is renamed',
    why: why('column'),
    rewrite: `ALTER TABLE orders ADD COLUMN comment text;
-- Write both columns from the code, copy the rows in a step of data, and in a later release:
-- ALTER TABLE orders DROP COLUMN note;`,
  },
  (node, step) => {
    if (!('RenameStmt' in node)) return undefined;
    const { renameType, relation, subname, newname } = node.RenameStmt;
    const table = relationName(relation);
    if (renameType !== 'OBJECT_COLUMN' && renameType !== 'OBJECT_ATTRIBUTE') return undefined;
    if (step.newTables.has(table)) return undefined;
    return {
      object: `${table}.${subname}`,
      message: `${spokenName(table)}.${subname} is renamed to ${newname}: code that is still running asks for ${subname}`,
    };
  },
);

const tableLike: Record<string, string> = {
  OBJECT_TABLE: 'Table',
  OBJECT_VIEW: 'View',
  OBJECT_MATVIEW: 'Materialized view',
  OBJECT_FOREIGN_TABLE: 'Foreign table',
};

export const renameTable = renames(
  {
    id: 'rename-table',
    title: 'A table or a view is renamed, or moved to another schema',
    why: why('table'),
    rewrite: `ALTER TABLE orders RENAME TO purchases;
-- In the same step, so that the running code still finds it; drop the view in a later release:
CREATE VIEW orders WITH (security_invoker = true) AS SELECT * FROM purchases;
GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO rowhouse_app;`,
  },
  (node, step, { index }) => {
    const { relation, kind, fate } = fateOf(node);
    const table = relationName(relation);
    const spoken = tableLike[kind ?? ''];
    if (!spoken || step.newTables.has(table) || keepsOldName(table, index, step)) return undefined;
    return {
      object: table,
      message: `${spoken} ${spokenName(table)} is ${fate}: code that is still running asks for ${spokenName(table)}`,
    };
  },
);

function fateOf(node: Node) {
  if ('RenameStmt' in node) {
    const { relation, renameType: kind, newname } = node.RenameStmt;
    return { relation, kind, fate: `renamed to ${newname}` };
  }
  if ('AlterObjectSchemaStmt' in node) {
    const { relation, objectType: kind, newschema } = node.AlterObjectSchemaStmt;
    return { relation, kind, fate: `moved to schema ${newschema}` };
  }
  return {};
}

/** A view of the old name, made in the same step, serves the code that is still running. */
const keepsOldName = (name: string, index: number, { sql }: StepContext) =>
  sql.statements.some(
    (later) =>
      later.index > index && 'ViewStmt' in later.node && relationName(later.node.ViewStmt.view) === name,
  );

export const renameSchema = renames(
  {
    id: 'rename-schema',
    title: 'A schema is renamed',
    why: why('schema'),
    rewrite: `CREATE SCHEMA sales;
-- Views of the new schema over the tables of the old one; move the tables when no code names the old schema any more.
CREATE VIEW sales.orders WITH (security_invoker = true) AS SELECT * FROM shop.orders;`,
  },
  (node, { shortLived }) => {
    if (!('RenameStmt' in node) || node.RenameStmt.renameType !== 'OBJECT_SCHEMA') return undefined;
    const { subname = '', newname } = node.RenameStmt;
    if (shortLived.has(`schema ${subname}`)) return undefined;
    return {
      object: subname,
      message: `Schema ${subname} is renamed to ${newname}: code that is still running asks for ${subname}`,
    };
  },
);

export const renameEnumValue = renames(
  {
    id: 'rename-enum-value',
    title: 'A value of an enum is renamed',
    why: why('value'),
    rewrite: `ALTER TYPE order_status ADD VALUE 'shipped';
-- Write the new value from the code, move the rows in a later step; the old value stays in the type.`,
  },
  (node, step, { index }) => {
    if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal === undefined) return undefined;
    const { typeName, oldVal, newVal } = node.AlterEnumStmt;
    const type = qualifiedName(typeName);
    if (isNewType(type, index, step)) return undefined;
    return {
      object: `${type}.${oldVal}`,
      message: `'${oldVal}' of ${spokenName(type)} is renamed to '${newVal}': code that is still running writes '${oldVal}'`,
    };
  },
);

const isNewType = (type: string, index: number, { sql }: StepContext) =>
  sql.statements.some(
    ({ node, index: at }) =>
      at < index && 'CreateEnumStmt' in node && qualifiedName(node.CreateEnumStmt.typeName) === type,
  );
