import type { Fixture } from '../fixture.js';

export const journalFixtures: readonly Fixture[] = [];
