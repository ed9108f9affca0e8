import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchDatabase } from './database.js';
import { startChild } from './fork.js';
import { SCENARIOS, type Scenario, requestOnce } from './scenarios.js';
import { VARIANTS, type Variant, startVariant } from './variants.js';
import type { WireCounts } from './wire-counter.js';

const DELAY_MS = 15;
const REQUESTS = 5;

/** What one request costs at the wire, each a whole number where every request costs the same. */
export interface WireCost {
  statements: number;
  /** The client wrote, and waited for the server. */
  roundTrips: number;
  /** Of these, the ones that had come back when the HTTP answer arrived. */
  roundTripsBeforeAnswer: number;
}

export type WireCosts = Record<Scenario, Record<Variant, WireCost>>;

/** One request at a time over a long line, so that what was waited for can be told from what came after the answer. */
export async function measureWire(database: BenchDatabase): Promise<WireCosts> {
  const line = { DELAY_MS: String(DELAY_MS), TARGET_PORT: String(database.port), COUNT: '1' };
  const proxy = await startChild('latency-proxy', line);
  const costs = { list: {}, read: {}, insert: {} } as WireCosts;
  for (const variant of VARIANTS) {
    const server = await startVariant(variant, database, proxy.port, { controlPort: database.port });
    for (const scenario of SCENARIOS) {
      const settle = () => sleep(DELAY_MS * 6);
      // Twice and more: statements are prepared when they come again.
      for (let count = 0; count < 3; count++) await requestOnce(scenario, server, database);
      await settle();
      await proxy.ask('counts');
      const total: WireCost = { statements: 0, roundTrips: 0, roundTripsBeforeAnswer: 0 };
      for (let count = 0; count < REQUESTS; count++) {
        await requestOnce(scenario, server, database);
        const before = await proxy.ask<WireCounts>('counts');
        await settle();
        const after = await proxy.ask<WireCounts>('counts');
        total.statements += before.statements + after.statements;
        total.roundTrips += before.roundTrips + after.roundTrips;
        total.roundTripsBeforeAnswer += before.roundTrips;
      }
      costs[scenario][variant] = {
        statements: total.statements / REQUESTS,
        roundTrips: total.roundTrips / REQUESTS,
        roundTripsBeforeAnswer: total.roundTripsBeforeAnswer / REQUESTS,
      };
    }
    await server.child.stop();
  }
  await proxy.stop();
  return costs;
}
