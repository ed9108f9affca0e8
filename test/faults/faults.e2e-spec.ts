import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasRedis } from '../limits/redis-server.js';
import { hasPgbouncer } from '../support/pgbouncer.js';
import { FAULTS } from './catalogue/index.js';
import type { Fault } from './fault.js';
import { type Figures, tableOf, total } from './figures.js';
import { Ledger } from './load/ledger.js';
import { OPTIONS } from './options.js';
import { Random } from './random.js';
import { inWords, playRound } from './round.js';
import { World } from './world/world.js';

const NOTHING = { lost: 0, doubled: 0, leaked: 0, untrue: 0, torn: 0, unexpected: 0, exits: 0 };
const START_MS = 60_000;
const LONGEST_ROUND_MS = 120_000;

const chosen = FAULTS.filter(
  ({ name, isShort }) => (OPTIONS.isLong || isShort) && name.includes(OPTIONS.only),
);
const shareMs = (OPTIONS.minutes * 60_000) / chosen.length;

function expectNothing(faults: string[], found: Figures): void {
  expect(faults).toEqual([]);
  expect(found).toMatchObject(NOTHING);
}

/** A run of minutes shows that it goes on. */
const progress = (line: string) => OPTIONS.isLong && process.stderr.write(`${line}\n`);

/** What must be true whatever happens: nothing acknowledged is lost, nothing is there twice, nobody sees another's. */
describe('under load, with real processes', () => {
  const has = { redis: hasRedis(), pgbouncer: hasPgbouncer };
  const figures = new Map<string, Figures>();
  const reports: string[] = [];
  const random = new Random(OPTIONS.seed);
  const ledger = new Ledger();
  let world: World;
  beforeAll(async () => {
    world = await World.start(random.fork(), has.redis);
  }, START_MS);
  afterAll(async () => {
    await world.stop();
    figures.set('in total', total([...figures.values()]));
    process.stdout.write(`\nseed ${OPTIONS.seed}\n${tableOf(figures)}\n${reports.join('\n')}\n`);
  }, START_MS);

  const isPossible = ({ needs }: Fault) => needs === undefined || has[needs];
  for (const fault of chosen) {
    const test = isPossible(fault) ? it : it.skip;
    test(
      `${fault.name}: nothing is lost, doubled, leaked or told wrong`,
      async () => {
        progress(`${fault.name} ...`);
        const until = Date.now() + shareMs;
        do {
          const report = (name: string, value: string) => reports.push(`${fault.name}: ${name} ${value}`);
          const { faults, figures: found } = await playRound(fault, world, ledger, random, report);
          figures.set(
            fault.name,
            total([...(figures.get(fault.name) ? [figures.get(fault.name)!] : []), found]),
          );
          progress(`${fault.name}: ${JSON.stringify(found)}`);
          expectNothing(faults, found);
        } while (Date.now() < until);
      },
      shareMs + LONGEST_ROUND_MS,
    );
  }

  it('in the end, no fault has undone what was there after one before it', async () => {
    expect(inWords(await ledger.compare(world.database))).toEqual([]);
  });
});
