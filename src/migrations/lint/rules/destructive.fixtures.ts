import type { Fixture } from '../fixture.js';

export const destructiveFixtures: readonly Fixture[] = [];
