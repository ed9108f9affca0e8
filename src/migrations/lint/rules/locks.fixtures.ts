import type { Fixture } from '../fixture.js';

export const locksFixtures: readonly Fixture[] = [];
