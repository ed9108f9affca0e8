import { spokenName } from '../../../sql/names.js';
import type { StatementRule } from '../../rule.js';
import { concurrently } from './concurrently.js';

const control: Record<string, string> = {
  TRANS_STMT_BEGIN: 'BEGIN',
  TRANS_STMT_START: 'START TRANSACTION',
  TRANS_STMT_COMMIT: 'COMMIT',
  TRANS_STMT_ROLLBACK: 'ROLLBACK',
  TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
  TRANS_STMT_RELEASE: 'RELEASE SAVEPOINT',
  TRANS_STMT_ROLLBACK_TO: 'ROLLBACK TO SAVEPOINT',
  TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
  TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
  TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};

export const transactionControl: StatementRule = {
  id: 'transaction-control',
  group: 'transaction',
  severity: 'error',
  title: 'A step begins or ends a transaction by itself',
  why: 'Each step runs in a transaction, together with its row in the ledger. A COMMIT inside ends it: what comes after runs without one, a failure leaves half of the step behind, and the ledger does not know.',
  rewrite: `-- Delete BEGIN and COMMIT. What may not run in a transaction goes to a step of its own, which begins with:
-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY orders_note ON orders (note);`,
  *checkStatement({ node }) {
    if ('TransactionStmt' in node)
      yield {
        message: `${control[node.TransactionStmt.kind ?? ''] ?? 'A transaction command'} stands in the step`,
      };
  },
};

export const concurrentInTransaction: StatementRule = {
  id: 'concurrent-in-transaction',
  group: 'transaction',
  severity: 'error',
  title: 'A statement that cannot run in a transaction stands in a step that is one',
  why: 'PostgreSQL refuses it (25001), and the step never gets through.',
  rewrite: `-- A step of its own, which begins with:
-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY orders_note ON orders (note);`,
  *checkStatement({ node }, { isTransactional, newTables }) {
    const found = concurrently(node);
    if (!found || !isTransactional || newTables.has(found.table ?? '')) return;
    yield {
      ...(found.object && { object: found.object }),
      message: `${found.name} cannot run inside a transaction; begin the file with "-- rowhouse:no-transaction"`,
    };
  },
};

export const concurrentlyOnNewTable: StatementRule = {
  id: 'concurrently-on-new-table',
  group: 'transaction',
  severity: 'error',
  title: 'Something is done concurrently to a table that the step itself creates',
  why: 'Nobody uses the table yet, so there is nobody to wait for. CONCURRENTLY would only cost the transaction: a failure leaves the table without its index, or with an invalid one.',
  rewrite: `CREATE TABLE notes (id uuid PRIMARY KEY, body text);
CREATE INDEX notes_body ON notes (body);`,
  *checkStatement({ node }, { newTables }) {
    const found = concurrently(node);
    if (found?.table && newTables.has(found.table))
      yield {
        object: found.table,
        message: `${found.name} is not needed: ${spokenName(found.table)} is new in this step`,
      };
  },
};

export const mixedStep: StatementRule = {
  id: 'mixed-step',
  group: 'transaction',
  severity: 'error',
  title: 'A step without a transaction also does what could have one',
  why: 'Without a transaction each statement is final by itself. Where a concurrent build fails halfway, as they do, the others are done already and can be seen by everybody.',
  rewrite: `-- This step holds only:
-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY orders_note ON orders (note);
-- and the ALTER TABLE goes to a step before or after it.`,
  *checkStatement({ node, index }, { isTransactional, sql }) {
    if (isTransactional || mayStandAlone(node)) return;
    const other = sql.statements.find((each) => each.index !== index && concurrently(each.node));
    const name = other && concurrently(other.node)?.name;
    if (name) yield { message: `This statement could have a transaction, but stands beside ${name}` };
  },
};

type AnyNode = Parameters<typeof concurrently>[0];

/** Made for small steps of their own, or without an effect that lasts. */
function mayStandAlone(node: AnyNode): boolean {
  if (concurrently(node) || 'VariableSetStmt' in node || 'SelectStmt' in node || 'VacuumStmt' in node)
    return true;
  if ('AlterEnumStmt' in node || 'CommentStmt' in node) return true;
  return (
    'AlterTableStmt' in node &&
    (node.AlterTableStmt.cmds ?? []).every(
      (cmd) =>
        'AlterTableCmd' in cmd &&
        ['AT_ValidateConstraint', 'AT_DetachPartitionFinalize'].includes(cmd.AlterTableCmd.subtype ?? ''),
    )
  );
}
