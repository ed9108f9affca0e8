import { expect } from '@jest/globals';
import type { Fault } from '../fault.js';

const CUTS = 30;

/** As a message ends: services write of COMMIT in their rows, too. */
const COMMIT = 'COMMIT\0';

/** On both planes. Whether it had reached the server or not: one effect, and the client is told the truth or to ask again. */
export const unknownOutcome: Fault = {
  name: 'the line is cut after COMMIT was sent',
  isShort: true,
  async run({ world: { tenantNetwork, controlNetwork }, load, random, report }) {
    for (let i = 0; i < CUTS; i++) {
      const network = random.chance(0.8) ? tenantNetwork : controlNetwork;
      await network.cutAt(COMMIT, random.chance(0.5));
    }
    await load.flows();
    const unknown = load.seen.countOf('503 COMMIT_OUTCOME_UNKNOWN');
    report(
      'told "outcome unknown"',
      `${unknown} of ${CUTS} times; the others were reads, and deliveries of webhooks`,
    );
    expect(unknown).toBeGreaterThan(0);
  },
};
