import type { Pool } from 'pg';
import type { Transactions } from '../../../src/database/index.js';
import type { Table } from './catalogue.js';
import { Choices } from './choices.js';
import type { Side } from './random-rows.js';
import { type Query, writeQuery } from './query-writer.js';

/** A shared database under row security, and for each of its two tenants a database without any that holds only its rows. */
export interface Projected {
  transactions: Transactions;
  tables: Table[];
  sides: readonly { tenantId: string; alone: Pool }[];
}

/**
 * How often each tenant asks each question: the plan that was made for one is used for the other in any mode of the cache.
 * `auto` makes a generic one at the sixth time that a named statement is run, which it is from its second time on.
 */
const ROUNDS = 4;

/**
 * Projection: a query under row security on the shared database answers what the same query answers on a database that
 * holds only the tenant's rows. Runs one random query for each stream, all of a tenant in one transaction and both tenants
 * at once, several times; answers how many queries it ran.
 */
export async function project(world: Projected, streams: number[][]): Promise<number> {
  const queries = streams.map((numbers) => writeQuery(world.tables, Choices.of(numbers)));
  const ask = async (side: Side) => {
    const expected = await Promise.all(queries.map((query) => alone(world, query, side)));
    for (let round = 0; round < ROUNDS; round++) {
      const found = await shared(world, queries, side);
      const wrong = queries.findIndex((_, i) => found[i] !== expected[i]);
      if (wrong >= 0) throw new Error(violation(queries[wrong]!, side, expected[wrong]!, found[wrong]!));
    }
  };
  // Both to the end: what one has found must not leave the other behind, asking.
  const asked = await Promise.allSettled([ask(0), ask(1)]);
  for (const each of asked) if (each.status === 'rejected') throw each.reason;
  return queries.length * world.sides.length * ROUNDS;
}

const valuesOf = (query: Query, side: Side) => query.parameters.map((parameter) => parameter(side));

/** Throws where SQL refuses the query: it may only be refused to who must not see something. */
async function alone({ sides }: Projected, query: Query, side: Side): Promise<string> {
  const { rows } = await sides[side]!.alone.query({
    text: query.text,
    values: valuesOf(query, side),
    rowMode: 'array',
  });
  return inOrder(rows);
}

function shared({ transactions, sides }: Projected, queries: Query[], side: Side): Promise<string[]> {
  const run = async (query: Query) => {
    const lease = transactions.currentLease('tenant');
    return lease.query({ text: query.text, rowMode: 'array' }, valuesOf(query, side)).then(
      ({ rows }) => inOrder(rows),
      (error: unknown) => `refused: ${String(error)}`,
    );
  };
  let answers: string[] = [];
  const work = async () => void (answers = await Promise.all(queries.map(run)));
  return transactions.withTenant(sides[side]!.tenantId, { access: 'read' }, work).then(
    () => answers,
    (error: unknown) => (answers.length > 0 ? answers : queries.map(() => `refused: ${String(error)}`)),
  );
}

/** Rows in an order of their own, since SQL promises none. */
const inOrder = (rows: unknown[]) =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');

const violation = (query: Query, side: Side, expected: string, found: string) =>
  `PROJECTION VIOLATED for ${side === 0 ? 'acme' : 'globex'}\n${query.text}\nwith ${JSON.stringify(valuesOf(query, side))}\nmust answer\n${expected}\nbut answered\n${found}`;
