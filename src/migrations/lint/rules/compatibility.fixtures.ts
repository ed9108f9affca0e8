import type { Fixture } from '../fixture.js';

export const compatibilityFixtures: readonly Fixture[] = [];
