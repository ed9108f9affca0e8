import type { StatementRule } from '../../rule.js';

/** Words that destroy, or take down a wall, in a text whose whole is known only when it runs. */
const dangerous = /\b(drop|truncate|delete|disable|bypassrls|superuser|cascade|no\s+force)\b/i;

export const dynamicSql: StatementRule = {
  id: 'dynamic-sql',
  group: 'transaction',
  severity: 'warning',
  title: 'A DO block executes a text that is put together when it runs',
  why: 'No rule can read it: what it drops, locks or opens is known only when it runs. Where the text speaks of dropping, deleting or disabling, it is an error. A plain string is read like any other statement.',
  rewrite: `-- One statement for each object, as the catalogue has them today:
ALTER TABLE orders SET (fillfactor = 90);
ALTER TABLE order_lines SET (fillfactor = 90);`,
  *checkStatement({ nested }) {
    for (const { node, text } of nested) {
      if (node) continue;
      const isDangerous = dangerous.test(text);
      const shown = text.trim().replaceAll(/\s+/g, ' ').slice(0, 100);
      yield {
        severity: isDangerous ? 'error' : 'warning',
        message: `What EXECUTE is given cannot be read here: ${shown}`,
      };
    }
  },
};
