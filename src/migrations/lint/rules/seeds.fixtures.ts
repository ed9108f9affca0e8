import type { Fixture } from '../fixture.js';

export const seedsFixtures: readonly Fixture[] = [];
