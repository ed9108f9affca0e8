import { qualifiedName, spokenName } from '../../../sql/names.js';
import { nodesOf } from '../../../sql/walk.js';
import type { StepRule } from '../../rule.js';
import { nodesOfStatement } from '../nodes-of-statement.js';

export const enumValueUsed: StepRule = {
  id: 'enum-value-used',
  group: 'transaction',
  severity: 'error',
  title: 'A value is added to an enum and used in the same transaction',
  why: 'PostgreSQL refuses to use a value before the transaction that added it has ended (55P04), unless the type is new as well. It fails only where the value is really stored or compared: on an empty table it may pass.',
  rewrite: `ALTER TYPE order_status ADD VALUE IF NOT EXISTS 'shipped';
-- and in the next step:
-- ALTER TABLE orders ALTER COLUMN status SET DEFAULT 'shipped';`,
  *checkStep({ sql, isTransactional }) {
    if (!isTransactional) return;
    const newTypes = new Set<string>();
    const added = new Map<string, string>();
    for (const statement of sql.statements) {
      for (const node of nodesOfStatement(statement)) {
        for (const { sval } of nodesOf(node, 'A_Const')) {
          const type = added.get(sval?.sval ?? '');
          if (type)
            yield {
              statement,
              object: `${type}.${sval?.sval}`,
              message: `'${sval?.sval}' is used in the transaction that adds it to ${spokenName(type)}`,
            };
        }
        if ('CreateEnumStmt' in node) newTypes.add(qualifiedName(node.CreateEnumStmt.typeName));
        if (!('AlterEnumStmt' in node) || node.AlterEnumStmt.oldVal !== undefined) continue;
        const type = qualifiedName(node.AlterEnumStmt.typeName);
        if (!newTypes.has(type)) added.set(node.AlterEnumStmt.newVal ?? '', type);
      }
    }
  },
};
