import { StatementError, type Transactions } from '../../../src/database/index.js';
import { Choices } from './choices.js';
import { TENANTS } from './fill.js';
import type { Query } from './query-writer.js';
import type { Side } from './random-rows.js';
import { writeStatement } from './statement-writer.js';
import type { Twins } from './twins.js';

/** What one stream becomes: a transaction of acme in both worlds, or one of globex in one of them. */
interface Step {
  statements: Query[];
  commits: boolean;
  /** The world in which it is globex's. */
  neighbourIn: number | undefined;
}

/**
 * Noninterference in SQL: a program of acme's statements, in transactions that commit or roll back, tells acme the same in
 * two worlds that are equal for acme, while globex writes in one of them. Ids and times are part of the statements here,
 * so that what is told is compared as it is. Answers how many statements acme ran.
 */
export async function interfereInSql({ worlds, tables }: Twins, streams: number[][]): Promise<number> {
  const transcript: string[] = [];
  let statements = 0;
  for (const numbers of streams) {
    const step = stepOf(Choices.of(numbers), tables);
    if (step.neighbourIn !== undefined) {
      await perform(worlds[step.neighbourIn]!, step, 1);
      transcript.push(`globex, in world ${step.neighbourIn}: ${inWords(step, 1)}`);
      continue;
    }
    transcript.push(`acme: ${inWords(step, 0)}`);
    const [left, right] = await Promise.all(worlds.map((world) => perform(world, step, 0)));
    statements += step.statements.length;
    if (left === right) continue;
    throw new Error(
      `NONINTERFERENCE VIOLATED\n${transcript.join('\n')}\nwas answered\n${left}\nwhere the neighbour is another:\n${right}`,
    );
  }
  return statements;
}

function stepOf(choices: Choices, tables: Twins['tables']): Step {
  const neighbourIn = choices.chance(25) ? choices.below(2) : undefined;
  const commits = !choices.chance(30);
  return { neighbourIn, commits, statements: choices.several(1, 3, () => writeStatement(tables, choices)) };
}

/** All that the tenant is told, in the order of its statements; of rows their own order, since SQL promises none. */
async function perform(world: Transactions, { statements, commits }: Step, side: Side): Promise<string> {
  const told: string[] = [];
  const work = async () => {
    for (const statement of statements) told.push(await attempt(world, statement, side));
    if (!commits) throw new Error('rolled back');
  };
  await world
    .withTenant(TENANTS[side], { access: 'write' }, work)
    .catch((error: unknown) => told.push(wordsOf(error)));
  return told.join('\n');
}

/**
 * In a savepoint, so that the transaction goes on after an error. Of several rows that break several rules PostgreSQL names
 * the first that it comes upon, which depends on how rows lie in the table that tenants share: only an INSERT, which is of
 * one row, must break the same one.
 */
async function attempt(world: Transactions, { text, parameters }: Query, side: Side): Promise<string> {
  const lease = world.currentLease('tenant');
  const values = parameters.map((parameter) => parameter(side));
  try {
    const [, { rows, rowCount }] = await Promise.all([
      lease.query({ text: 'SAVEPOINT tried' }),
      lease.query({ text, rowMode: 'array' }, values),
    ]);
    const told = rows.map((row) => JSON.stringify(row)).sort();
    return [`${rowCount} rows`, ...told].join('\n');
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    await lease.query({ text: 'ROLLBACK TO tried' });
    return text.startsWith('INSERT') ? wordsOf(error) : error.sqlState;
  }
}

const wordsOf = (error: unknown) => String(error);

const inWords = ({ statements, commits }: Step, side: Side) =>
  [
    ...statements.map(
      ({ text, parameters }) =>
        `${text}\n  with ${JSON.stringify(parameters.map((parameter) => parameter(side)))}`,
    ),
    commits ? 'COMMIT' : 'ROLLBACK',
  ].join('\n');
