import type { Fixture } from '../fixture.js';
import { emptyFixtures } from './journal/empty.fixtures.js';
import { filesFixtures } from './journal/files.fixtures.js';
import { orderFixtures } from './journal/order.fixtures.js';
import { readableFixtures } from './journal/readable.fixtures.js';
import { settingsFixtures } from './journal/settings.fixtures.js';
import { snapshotsFixtures } from './journal/snapshots.fixtures.js';
import { sumsFixtures } from './journal/sums.fixtures.js';

export const journalFixtures: readonly Fixture[] = [
  ...readableFixtures,
  ...emptyFixtures,
  ...filesFixtures,
  ...orderFixtures,
  ...snapshotsFixtures,
  ...sumsFixtures,
  ...settingsFixtures,
];
