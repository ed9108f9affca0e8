import type { StatementRule } from '../../rule.js';
import { nodesOfStatement } from '../nodes-of-statement.js';
import { additions } from './syntax-by-major.js';

export const newerSyntax: StatementRule = {
  id: 'newer-syntax',
  group: 'compatibility',
  severity: 'error',
  title: 'A statement needs a newer PostgreSQL than the lowest that is supported',
  why: `The step would fail on databases of the lowest supported major, which lint.json names ("lowestMajor", 15 unless said otherwise). The rule knows: ${additions.map(({ name, since }) => `${name} (${since})`).join(', ')}. It does not know every function and every spelling of a number: "npm run db:migrate:ci -- --majors 15,16,17,18" runs the steps.`,
  rewrite: `-- Say it as PostgreSQL 15 reads it too, for example instead of ADD CONSTRAINT ... NOT NULL ... NOT VALID (18):
ALTER TABLE orders ADD CONSTRAINT orders_note_present CHECK (note IS NOT NULL) NOT VALID;`,
  *checkStatement(statement, { folder }) {
    const lowest = folder.settings.lowestMajor ?? 15;
    const nodes = nodesOfStatement(statement);
    for (const { since, name, isIn } of additions)
      if (since > lowest && nodes.some(isIn))
        yield { message: `${name} needs PostgreSQL ${since}; the lowest supported one is ${lowest}` };
  },
};
