import { qualifiedName, spokenName } from '../../../sql/names.js';
import type { StatementRule, StepContext } from '../../rule.js';
import { typeChanges } from '../column-types.js';
import { keepsAllValues } from '../../facts/type-changes.js';
import { executedIn, nodeRule } from '../node-rule.js';
import { droppedBy, isRecreated } from './dropped.js';

const narrowType: StatementRule = {
  id: 'narrow-type',
  group: 'destructive',
  severity: 'critical',
  title: 'The new type does not hold every value of the old one',
  why: 'Where a value does not fit PostgreSQL refuses, or rounds, cuts and shifts it without a word: numeric loses decimals, a timestamp its time of day, and USING cuts text to length. What was lost cannot be told from what remains.',
  rewrite: `-- A new column beside the old one; a release that writes both; then the rows, checked:
ALTER TABLE "quotes" ADD COLUMN "amount_cents" bigint;
-- rowhouse:data
UPDATE "quotes" SET "amount_cents" = "amount" * 100 WHERE "amount_cents" IS NULL;`,
  *checkStatement(statement, step) {
    for (const { table, column, from, to } of typeChanges(statement, step)) {
      const object = `${spokenName(table)}.${column}`;
      const original = step.before.tables[table]?.columns[column]?.type;
      // Back to what it was when the step began: every value came from there.
      if (original !== undefined && keepsAllValues(original, to)) continue;
      if (from === undefined) {
        if (keepsAllValues('text', to)) continue;
        yield {
          object,
          severity: 'error',
          message: `The type of ${object} before is not known, so it may not hold every value as ${to}`,
        };
      } else if (!keepsAllValues(from, to)) {
        yield { object, message: `Not every ${from} in ${object} is a ${to}` };
      }
    }
  },
};

const recreateEnum = nodeRule(
  {
    id: 'recreate-enum',
    group: 'destructive',
    severity: 'critical',
    title: 'An enum is dropped and created anew',
    why: 'Every table that uses it is written anew, twice, under ACCESS EXCLUSIVE; rows with a value that the new one lacks stop the step, and instances of the release before still write that value. Adding one needs none of it.',
    rewrite: `-- A value more:
ALTER TYPE "quote_status" ADD VALUE IF NOT EXISTS 'expired';
-- A value less: leave it in the type, and refuse it with a check.
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_status_used" CHECK ("status" <> 'parked') NOT VALID;`,
  },
  function* (node, step) {
    for (const { type, name } of droppedBy(node, step)) {
      if (type !== 'OBJECT_TYPE' || !isRecreated(step.sql.statements, name)) continue;
      const lost = lostValues(step, name);
      const values = lost.length > 0 ? `, and loses ${lost.map((value) => `'${value}'`).join(', ')}` : '';
      yield { object: name, message: `The enum ${name} is dropped and created anew${values}` };
    }
  },
);

function lostValues(step: StepContext, name: string): string[] {
  const before = Object.values(step.before.enums).find(
    (each) => spokenName(`${each.schema || 'public'}.${each.name}`) === name,
  );
  const after = executedIn(step).flatMap(({ node }) =>
    'CreateEnumStmt' in node && spokenName(qualifiedName(node.CreateEnumStmt.typeName)) === name
      ? (node.CreateEnumStmt.vals ?? []).flatMap((each) => ('String' in each ? (each.String.sval ?? '') : []))
      : [],
  );
  return (before?.values ?? []).filter((value) => !after.includes(value));
}

export const typeRules: readonly StatementRule[] = [narrowType, recreateEnum];
