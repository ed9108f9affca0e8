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
 * holds only the tenant's rows. Runs one random query for each stream, all at once, and answers how many were run.
 */
export async function project(world: Projected, streams: number[][]): Promise<number> {
  const queries = streams.map((numbers) => writeQuery(world.tables, Choices.of(numbers)));
  await Promise.all(queries.map((query) => projectOne(world, query)));
  return queries.length * world.sides.length * ROUNDS;
}

async function projectOne(world: Projected, query: Query): Promise<void> {
  const expected = await Promise.all([expectedOf(world, query, 0), expectedOf(world, query, 1)]);
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of [0, 1] as const) {
      const found = await under(world, query, side);
      if (found !== expected[side]) throw new Error(violation(query, side, expected[side], found));
    }
  }
}

const valuesOf = (query: Query, side: Side) => query.parameters.map((parameter) => parameter(side));

const expectedOf = (world: Projected, query: Query, side: Side) =>
  answerOf(() =>
    world.sides[side]!.alone.query({ text: query.text, values: valuesOf(query, side), rowMode: 'array' }),
  );

const under = ({ transactions, sides }: Projected, query: Query, side: Side) =>
  answerOf(() =>
    transactions.withTenant(sides[side]!.tenantId, { access: 'read' }, () =>
      transactions
        .currentLease('tenant')
        .query({ text: query.text, rowMode: 'array' }, valuesOf(query, side)),
    ),
  );

/** The rows in an order of their own, since SQL promises none; or the SQLSTATE. */
async function answerOf(run: () => Promise<{ rows: unknown[] }>): Promise<string> {
  try {
    const { rows } = await run();
    return rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  } catch (error) {
    const { sqlState, code, message } = error as Record<string, string>;
    return `refused: ${sqlState ?? code ?? message}`;
  }
}

const violation = ({ text, parameters }: Query, side: Side, expected: string | undefined, found: string) =>
  `PROJECTION VIOLATED for ${side === 0 ? 'acme' : 'globex'}\n${text}\nwith ${JSON.stringify(parameters.map((parameter) => parameter(side)))}\nmust answer\n${expected}\nbut answered\n${found}`;
