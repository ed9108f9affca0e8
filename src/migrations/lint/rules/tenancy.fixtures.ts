import type { Fixture } from '../fixture.js';

export const tenancyFixtures: readonly Fixture[] = [];
