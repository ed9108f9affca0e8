import type { Node } from 'libpg-query';
import { nameParts, relationName, spokenName } from '../../../sql/names.js';
import type { Report, RuleText, StatementRule, StepContext } from '../../rule.js';
import { executedIn, nodeRule, tableChanges } from '../node-rule.js';
import { droppedBy, dropsTable } from './dropped.js';

const text = (
  id: string,
  what: string,
  why: string,
  rewrite: string,
  severity: RuleText['severity'] = 'warning',
): RuleText => ({ id, group: 'destructive', severity, title: `${what} is dropped`, why, rewrite });

type ConstraintKind = 'unique' | 'foreign key' | 'other';

const constraintRule = (rule: RuleText, kind: ConstraintKind) =>
  nodeRule(rule, function* (node, step) {
    for (const { subtype, table, name = '' } of oldTableChanges(node, step)) {
      if (subtype !== 'AT_DropConstraint' || kindOf(step, table, name) !== kind) continue;
      if (isAddedAgain(step, table, name)) continue;
      const object = `${spokenName(table)}.${name}`;
      yield { object, message: `Nothing guards any more what ${object} guarded` };
    }
    if (kind === 'unique') yield* droppedUniqueIndexes(node, step);
  });

function* droppedUniqueIndexes(node: Node, step: StepContext): Generator<Report> {
  for (const { type, name } of droppedBy(node, step)) {
    const index = name.split('.').at(-1) ?? '';
    const isUnique = Object.values(step.before.tables).some(({ indexes }) => indexes[index]?.isUnique);
    if (type !== 'OBJECT_INDEX' || !isUnique || isIndexCreated(step, index)) continue;
    yield { object: name, message: `Nothing keeps the values unique that the index ${name} kept unique` };
  }
}

/** The snapshot knows the kind; a primary key keeps unique, too. */
function kindOf({ before }: StepContext, table: string, name: string): ConstraintKind {
  const known = before.tables[table];
  if (known?.uniqueConstraints[name] ?? known?.compositePrimaryKeys[name]) return 'unique';
  if (known?.foreignKeys[name]) return 'foreign key';
  if (known?.checkConstraints[name]) return 'other';
  if (/_(pkey|pk|key|unique)$/.test(name)) return 'unique';
  return /_(fkey|fk)$/.test(name) ? 'foreign key' : 'other';
}

const isAddedAgain = (step: StepContext, table: string, name: string) =>
  executedIn(step).some(({ node }) =>
    tableChanges(node).some((change) => change.table === table && change.constraint?.conname === name),
  );

const isIndexCreated = (step: StepContext, name: string) =>
  executedIn(step).some(({ node }) => 'IndexStmt' in node && node.IndexStmt.idxname === name);

/** Changes of tables that were there before and stay. */
const oldTableChanges = (node: Node, step: StepContext) =>
  tableChanges(node).filter(({ table }) => !step.newTables.has(table) && !dropsTable(step, table));

const columnRule = (rule: RuleText, subtype: 'default' | 'not null') =>
  nodeRule(rule, function* (node, step) {
    for (const change of oldTableChanges(node, step)) {
      const { table, name = '' } = change;
      const isDefault = change.subtype === 'AT_ColumnDefault' && !change.def;
      if (subtype === 'default' ? !isDefault : change.subtype !== 'AT_DropNotNull') continue;
      // A default that is set again after a change of type is the same one.
      if (isDefault && setsDefault(step, table, name)) continue;
      const object = `${spokenName(table)}.${name}`;
      yield { object, message: `${object} loses its ${subtype === 'default' ? 'default' : 'NOT NULL'}` };
    }
  });

const setsDefault = (step: StepContext, table: string, name: string) =>
  executedIn(step).some(({ node }) =>
    tableChanges(node).some(
      (change) =>
        change.table === table &&
        change.name === name &&
        change.subtype === 'AT_ColumnDefault' &&
        change.def !== undefined,
    ),
  );

const objectRule = (rule: RuleText, types: string[]) =>
  nodeRule(rule, function* (node, step) {
    for (const { type, name } of droppedBy(node, step)) {
      if (!types.includes(type)) continue;
      const table = name.split('.').slice(0, -1).join('.');
      if (type === 'OBJECT_TRIGGER' && dropsTable(step, table.includes('.') ? table : `public.${table}`))
        continue;
      if (createdNames(step).has(name)) continue;
      yield { object: name, message: `${name} is dropped, and nothing of its name takes its place` };
    }
  });

/** Views, functions and triggers that the step creates or replaces. */
const createdNames = (step: StepContext): Set<string> =>
  new Set(
    executedIn(step).flatMap(({ node }) => {
      if ('ViewStmt' in node) return spokenName(relationName(node.ViewStmt.view));
      if ('CreateFunctionStmt' in node)
        return spokenName(nameParts(node.CreateFunctionStmt.funcname).join('.'));
      if ('CreateTrigStmt' in node)
        return `${spokenName(relationName(node.CreateTrigStmt.relation))}.${node.CreateTrigStmt.trigname ?? ''}`;
      return [];
    }),
  );

export const weakeningRules: readonly StatementRule[] = [
  constraintRule(
    text(
      'drop-unique',
      'A unique constraint, primary key or unique index',
      'From the next moment on duplicates can be written, and then it cannot be created again. A foreign key that refers to it goes, too.',
      `-- The new one first, in a step of its own; then the old one:
-- rowhouse:no-transaction
CREATE UNIQUE INDEX CONCURRENTLY "quotes_number_live" ON "quotes" ("tenant_id", "number") WHERE "deleted_at" IS NULL;
-- rowhouse:allow drop-unique reason="quotes_number_live took its place"
DROP INDEX CONCURRENTLY "quotes_number";`,
      'error',
    ),
    'unique',
  ),
  constraintRule(
    text(
      'drop-foreign-key',
      'A foreign key',
      'From the next moment on rows can lose their parent, or name one of another tenant, and the key cannot be validated again. PostgreSQL also locks the parent table with ACCESS EXCLUSIVE for it.',
      `-- Another one, proven, before the old one goes:
ALTER TABLE "comments" ADD CONSTRAINT "comments_quote_fkey_2" FOREIGN KEY ("tenant_id", "quote_id") REFERENCES "quotes" ("tenant_id", "id") NOT VALID;
-- in the next step:
ALTER TABLE "comments" VALIDATE CONSTRAINT "comments_quote_fkey_2";
-- and in the one after:
-- rowhouse:allow drop-foreign-key reason="comments_quote_fkey_2 took its place"
ALTER TABLE "comments" DROP CONSTRAINT "comments_quote_fkey";`,
      'error',
    ),
    'foreign key',
  ),
  constraintRule(
    text(
      'drop-constraint',
      'A constraint',
      'Rows may now hold what older code, reports and indexes believe impossible.',
      `-- Replace it in one step, so that there is no moment without:
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_status_known_2" CHECK ("status" in ('draft', 'sent')) NOT VALID, DROP CONSTRAINT "quotes_status_known";`,
    ),
    'other',
  ),
  columnRule(
    text(
      'drop-default',
      'A default',
      'Instances of the release before insert without naming the column: their inserts fail, or write NULL.',
      `-- After the release that always names the column is out everywhere:
ALTER TABLE "quotes" ALTER COLUMN "currency" DROP DEFAULT;`,
    ),
    'default',
  ),
  columnRule(
    text(
      'drop-not-null',
      'NOT NULL',
      'Older code reads the column as if it always had a value, and once a NULL is in it NOT NULL cannot come back without deciding what it meant.',
      `-- After the release that can read NULL is out everywhere:
ALTER TABLE "quotes" ALTER COLUMN "valid_until" DROP NOT NULL;`,
    ),
    'not null',
  ),
  objectRule(
    text(
      'drop-trigger',
      'A trigger',
      'What it did (a notice, a stamp, a check) stops at once, without an error anywhere.',
      `-- Replace it instead (PostgreSQL 14 and later):
CREATE OR REPLACE TRIGGER "quotes_changed" AFTER UPDATE ON "quotes" FOR EACH ROW EXECUTE FUNCTION notify_quote_changed();`,
    ),
    ['OBJECT_TRIGGER'],
  ),
  objectRule(
    text(
      'drop-view',
      'A view',
      'Instances of the release before still read it, and its rights are lost even if it comes back.',
      `-- Replace it where the columns stay, otherwise give the new one a new name:
CREATE OR REPLACE VIEW "open_quotes" WITH (security_invoker = true) AS SELECT "tenant_id", "id" FROM "quotes" WHERE "status" = 'open';`,
    ),
    ['OBJECT_VIEW'],
  ),
  objectRule(
    text(
      'drop-function',
      'A function',
      'Bodies of other functions that call it fail only when they run, and its rights are lost even if it comes back.',
      `-- Replace it where the signature stays:
CREATE OR REPLACE FUNCTION quote_total(quote uuid) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT 0.0';`,
    ),
    ['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_AGGREGATE', 'OBJECT_ROUTINE'],
  ),
];
