import type { Fixture } from '../fixture.js';

export const transactionFixtures: readonly Fixture[] = [];
