import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import type { Fault } from '../fault.js';
import { DEADLINE_MS } from '../world/world.js';

/** What may pass until all who had a dead connection gave it up, and all are served again. */
const HEALED_MS = 2 * DEADLINE_MS;

/**
 * No FIN and no RST ever comes, as after the loss of a host. New connections reach the server. Whoever uses a dead one is
 * answered by the deadline, and the pool is whole again without anybody's help.
 */
export const vanishedPeer: Fault = {
  name: 'the peer of all connections vanishes without a word',
  async run({ world: { tenantNetwork, main }, load, report }) {
    tenantNetwork.vanish();
    expect(await main.readiness()).toBe(200);
    const healedMs = await load.flows(5, 3 * HEALED_MS);
    report('served all again', `after ${Math.round(healedMs)} ms`);
    await eventually(async () => {
      // Whoever waited for an answer that never came has given its place back.
      const stuck = await main.metric('db_pool_connections{pool="tenant",state="waiting"}');
      expect(stuck).toBe(0);
    }, HEALED_MS);
  },
};

/** Neither do new connections reach anybody, until the network is back. */
export const blackHole: Fault = {
  name: 'the network to PostgreSQL swallows everything for a while',
  async run({ world: { tenantNetwork, controlNetwork, main }, load }) {
    const networks = [tenantNetwork, controlNetwork];
    for (const network of networks) {
      network.swallowsNew = true;
      network.vanish();
    }
    try {
      await eventually(async () => expect(await main.readiness()).toBe(503));
      await load.meets('503');
    } finally {
      for (const network of networks) network.swallowsNew = false;
    }
    await load.flows(5, 3 * HEALED_MS);
    await eventually(async () => expect(await main.readiness()).toBe(200));
  },
};
