import type { Fixture } from '../fixture.js';

export const directivesFixtures: readonly Fixture[] = [];
