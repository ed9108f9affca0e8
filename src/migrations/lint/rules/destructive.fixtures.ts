import type { Fixture } from '../fixture.js';
import { dropFixtures } from './destructive/drops.fixtures.js';
import { rowFixtures } from './destructive/rows.fixtures.js';
import { typeFixtures } from './destructive/types.fixtures.js';
import { weakeningFixtures } from './destructive/weakening.fixtures.js';

export const destructiveFixtures: readonly Fixture[] = [
  ...dropFixtures,
  ...rowFixtures,
  ...typeFixtures,
  ...weakeningFixtures,
];
