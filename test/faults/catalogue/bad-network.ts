import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.js';

const SLOW_MS = { min: 10, max: 60 };
const STALL_MS = 1_500;

/** Each packet, both ways, as between two continents and worse. */
export const slowNetwork: Fault = {
  name: 'the network to PostgreSQL is slow',
  async run({ world: { tenantNetwork, controlNetwork }, load, random }) {
    const networks = [tenantNetwork, controlNetwork];
    for (const network of networks) network.delayMs = () => random.int(SLOW_MS.min, SLOW_MS.max);
    try {
      await load.flows(10);
    } finally {
      for (const network of networks) network.delayMs = undefined;
    }
  },
};

/** Nothing is lost, all of it comes late. */
export const stalledNetwork: Fault = {
  name: 'the network to PostgreSQL stalls and goes on',
  async run({ world: { tenantNetwork, controlNetwork }, load }) {
    for (const network of [tenantNetwork, controlNetwork]) {
      network.stall();
      await sleep(STALL_MS);
      network.resume();
      await load.flows();
    }
  },
};
