import type { Fixture } from '../fixture.js';
import { columnFixtures } from './locks/columns.fixtures.js';
import { constraintFixtures } from './locks/constraints.fixtures.js';
import { indexFixtures } from './locks/indexes.fixtures.js';
import { waitingFixtures } from './locks/waiting.fixtures.js';

export const locksFixtures: readonly Fixture[] = [
  ...indexFixtures,
  ...constraintFixtures,
  ...columnFixtures,
  ...waitingFixtures,
];
