import { beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadParser } from '../../sql/parser.js';
import { parseSql } from '../../sql/parse.js';
import { isAlwaysTrue } from './expression.js';
import { hasOpenBranch, isOwnRows, policyOf } from './tenancy/policy.js';

beforeAll(loadParser);

type Tree = string | { not: Tree } | { op: 'AND' | 'OR'; args: Tree[] };

/** A row's truths: `own` says whether the row belongs to the tenant, `a` and `b` are anything else. */
type Row = Record<'own' | 'a' | 'b', boolean>;
const rows: Row[] = [true, false].flatMap((own) =>
  [true, false].flatMap((a) => [true, false].map((b) => ({ own, a, b }))),
);

const leaves: Record<string, string> = {
  own: 'tenant_id = current_tenant_id()',
  a: 'a',
  b: 'quotes.b',
  true: 'true',
  false: 'false',
  one: '1 = 1',
};

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...Object.keys(leaves)),
    fc.record({ not: tie('tree') }),
    fc.record({
      op: fc.constantFrom('AND' as const, 'OR' as const),
      args: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

const sqlOf = (node: Tree): string => {
  if (typeof node === 'string') return leaves[node] ?? '';
  if ('not' in node) return `NOT (${sqlOf(node.not)})`;
  return node.args.map((each) => `(${sqlOf(each)})`).join(` ${node.op} `);
};

const holds = (node: Tree, row: Row): boolean => {
  if (node === 'own' || node === 'a' || node === 'b') return row[node];
  if (typeof node === 'string') return node !== 'false';
  if ('not' in node) return !holds(node.not, row);
  return node.op === 'AND'
    ? node.args.every((each) => holds(each, row))
    : node.args.some((each) => holds(each, row));
};

const read = (node: Tree) => {
  const [statement] = parseSql(`CREATE POLICY p ON quotes USING (${sqlOf(node)})`).statements;
  const using = statement && policyOf(statement.node)?.using;
  if (!using) throw new Error('no expression');
  return using;
};

it('never takes a condition for own rows that a row of another tenant meets', () => {
  fc.assert(
    fc.property(tree, (node) => {
      const leaks = rows.some((row) => !row.own && holds(node, row));
      if (isOwnRows(read(node))) expect(leaks).toBe(false);
      if (hasOpenBranch(read(node))) expect(isOwnRows(read(node))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

it('never calls a condition always true that some row does not meet', () => {
  fc.assert(
    fc.property(tree, (node) => {
      if (isAlwaysTrue(read(node))) expect(rows.every((row) => holds(node, row))).toBe(true);
    }),
    { numRuns: 500 },
  );
});
