import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import type { Fault } from '../fault.js';

/** What the specification allows, in milliseconds. */
const RECOVERY_MS = 5_000;

/** The service is told nothing, and is not started again. */
export const killedDatabase: Fault = {
  name: 'PostgreSQL is killed with -9 and started again',
  isShort: true,
  async run({ world: { postgres, main }, load, report }) {
    postgres.kill();
    await load.meets('503 DATABASE_UNAVAILABLE');
    await eventually(async () => expect(await main.readiness()).toBe(503));
    expect(await main.liveness()).toBe(200);
    await postgres.startAgain();
    const recoveredMs = await load.flows();
    await eventually(async () => expect(await main.readiness()).toBe(200));
    report('recovered', `${Math.round(recoveredMs)} ms after PostgreSQL answered again`);
    expect(recoveredMs).toBeLessThan(RECOVERY_MS);
  },
};
