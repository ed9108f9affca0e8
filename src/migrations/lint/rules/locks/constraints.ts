import { nameParts, spokenName } from '../../../sql/names.js';
import { inWords } from '../../facts/in-words.js';
import type { Report, StatementRule, StepContext } from '../../rule.js';
import {
  type TableChange,
  constraintsOf,
  executed,
  executedIn,
  nodeRule,
  tableChanges,
} from '../node-rule.js';
import { columnsOfIndex, isProvenNotNull } from './history.js';

/** What a statement adds to tables that were there before the step. */
const oldTableChanges = (node: Parameters<typeof tableChanges>[0], { newTables }: StepContext) =>
  tableChanges(node).filter(({ table }) => !newTables.has(table));

const objectOf = ({ table }: TableChange, name = '') => `${spokenName(table)}${name && `.${name}`}`;

const foreignKey = nodeRule(
  {
    id: 'foreign-key-validates',
    group: 'locks',
    severity: 'error',
    title: 'A foreign key is checked while nobody can write',
    why: `It takes ${inWords('foreign-key')}. With NOT VALID ${inWords('foreign-key-not-valid')}; new rows are checked from then on, and VALIDATE CONSTRAINT, in a later step, takes ${inWords('foreign-key-validate')} while others write.`,
    rewrite: `ALTER TABLE "comments" ADD CONSTRAINT "comments_quote_fkey" FOREIGN KEY ("tenant_id", "quote_id") REFERENCES "quotes" ("tenant_id", "id") NOT VALID;
-- in the next step:
ALTER TABLE "comments" VALIDATE CONSTRAINT "comments_quote_fkey";`,
  },
  function* (node, step) {
    for (const change of oldTableChanges(node, step)) {
      const { constraint, column } = change;
      if (constraint?.contype === 'CONSTR_FOREIGN' && isChecked(constraint))
        yield found(change, constraint.conname, 'is checked against every row');
      // Without a default every row of a new column is NULL, and PostgreSQL knows that it needs no check.
      const inline = constraintsOf(column);
      const hasDefault = inline.some(
        ({ contype }) => contype === 'CONSTR_DEFAULT' || contype === 'CONSTR_GENERATED',
      );
      const key = inline.find(({ contype }) => contype === 'CONSTR_FOREIGN');
      if (key && hasDefault)
        yield found(change, key.conname ?? column?.colname, 'is checked against every row');
    }
  },
);

const isChecked = ({ skip_validation, is_enforced }: { skip_validation?: boolean; is_enforced?: boolean }) =>
  !skip_validation && is_enforced !== false;

const found = (change: TableChange, name: string | undefined, what: string): Report => ({
  object: objectOf(change, name),
  message: `${name ?? 'The constraint'} ${what} of ${spokenName(change.table)} under its lock`,
});

const check = nodeRule(
  {
    id: 'check-validates',
    group: 'locks',
    severity: 'error',
    title: 'A check reads every row while nobody can read or write',
    why: `It takes ${inWords('check')}. With NOT VALID ${inWords('check-not-valid')}; new rows are checked from then on, and VALIDATE CONSTRAINT, in a later step, takes ${inWords('check-validate')} while others read and write.`,
    rewrite: `ALTER TABLE "quotes" ADD CONSTRAINT "quotes_amount_positive" CHECK ("amount" > 0) NOT VALID;
-- in the next step:
ALTER TABLE "quotes" VALIDATE CONSTRAINT "quotes_amount_positive";`,
  },
  function* (node, step) {
    for (const change of oldTableChanges(node, step)) {
      const { constraint, column } = change;
      for (const each of [...(constraint ? [constraint] : []), ...constraintsOf(column)])
        if (each.contype === 'CONSTR_CHECK' && isChecked(each))
          yield found(change, each.conname ?? column?.colname, 'is checked against every row');
    }
  },
);

const validate = nodeRule(
  {
    id: 'validate-in-one-transaction',
    group: 'locks',
    severity: 'error',
    title: 'NOT VALID and VALIDATE stand in one transaction',
    why: `The lock of the first is held until the transaction ends: ${inWords('check-not-valid')} by itself, but then it lasts as long as the validation reads. Nothing was won.`,
    rewrite: `ALTER TABLE "quotes" ADD CONSTRAINT "quotes_amount_positive" CHECK ("amount" > 0) NOT VALID;
-- in the next step:
ALTER TABLE "quotes" VALIDATE CONSTRAINT "quotes_amount_positive";`,
  },
  function* (node, step) {
    if (!step.isTransactional) return;
    for (const change of oldTableChanges(node, step)) {
      if (change.subtype !== 'AT_ValidateConstraint') continue;
      const isAddedHere = executedIn(step)
        .flatMap((each) => tableChanges(each.node))
        .some(({ table, constraint }) => table === change.table && constraint?.conname === change.name);
      if (isAddedHere)
        yield found(change, change.name, 'is added and validated in one transaction, against every row');
    }
  },
);

const setNotNull: StatementRule = {
  id: 'set-not-null-scans',
  group: 'locks',
  severity: 'error',
  title: 'NOT NULL is proven by reading every row while nobody can read or write',
  why: `SET NOT NULL takes ${inWords('set-not-null')}. Where a validated CHECK already says so, ${inWords('set-not-null-proven')}. A primary key over an index makes its columns NOT NULL as well.`,
  rewrite: `ALTER TABLE "quotes" ADD CONSTRAINT "quotes_currency_there" CHECK ("currency" IS NOT NULL) NOT VALID;
-- in the next step:
ALTER TABLE "quotes" VALIDATE CONSTRAINT "quotes_currency_there";
-- and in the one after:
ALTER TABLE "quotes" ALTER COLUMN "currency" SET NOT NULL, DROP CONSTRAINT "quotes_currency_there";
-- On PostgreSQL 18 in two: ADD CONSTRAINT "quotes_currency_there" NOT NULL "currency" NOT VALID, then VALIDATE.`,
  *checkStatement(statement, step) {
    for (const change of executed(statement).flatMap((node) => oldTableChanges(node, step)))
      for (const column of madeNotNull(change, step))
        if (!isProvenNotNull(step, statement, change.table, column))
          yield {
            object: objectOf(change, column),
            message: `Every row of ${spokenName(change.table)} is read to prove that ${column} is never NULL`,
          };
  },
};

function madeNotNull({ subtype, name = '', constraint, table }: TableChange, step: StepContext): string[] {
  if (subtype === 'AT_SetNotNull') return [name];
  if (constraint?.contype === 'CONSTR_NOTNULL' && !constraint.skip_validation)
    return nameParts(constraint.keys);
  if (constraint?.contype === 'CONSTR_PRIMARY' && constraint.indexname)
    return columnsOfIndex(step, table, constraint.indexname);
  return [];
}

const kinds: Partial<Record<string, string>> = {
  CONSTR_UNIQUE: 'UNIQUE',
  CONSTR_PRIMARY: 'PRIMARY KEY',
  CONSTR_EXCLUSION: 'EXCLUDE',
};

const inline = nodeRule(
  {
    id: 'inline-unique',
    group: 'locks',
    severity: 'error',
    title: 'UNIQUE, PRIMARY KEY or EXCLUDE builds its index while nobody can read or write',
    why: `It takes ${inWords('unique')}, for as long as the index is built. Over an index that is there already, ${inWords('unique-using-index')}. EXCLUDE knows no such form: give it to a new table, or plan a pause.`,
    rewrite: `-- In a step of its own:
-- rowhouse:no-transaction
CREATE UNIQUE INDEX CONCURRENTLY "quotes_number_key" ON "quotes" ("tenant_id", "number");
-- in the next step:
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_number_key" UNIQUE USING INDEX "quotes_number_key";`,
  },
  function* (node, step) {
    for (const change of oldTableChanges(node, step)) {
      const { constraint, column } = change;
      for (const each of [...(constraint ? [constraint] : []), ...constraintsOf(column)]) {
        const kind = kinds[each.contype ?? ''];
        if (!kind || each.indexname) continue;
        yield {
          object: objectOf(change, each.conname ?? column?.colname ?? nameParts(each.keys).join('_')),
          message: `${kind} locks ${spokenName(change.table)} until its index is built`,
        };
      }
    }
  },
);

export const constraintRules: readonly StatementRule[] = [foreignKey, check, validate, setNotNull, inline];
