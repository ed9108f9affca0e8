import { directivesFixtures } from '../directives/directives.fixtures.js';
import type { Fixture } from '../fixture.js';
import { compatibilityFixtures } from './compatibility.fixtures.js';
import { destructiveFixtures } from './destructive.fixtures.js';
import { journalFixtures } from './journal.fixtures.js';
import { locksFixtures } from './locks.fixtures.js';
import { seedsFixtures } from './seeds.fixtures.js';
import { tenancyFixtures } from './tenancy.fixtures.js';
import { transactionFixtures } from './transaction.fixtures.js';

/** What each rule finds and leaves alone: for its tests, its page, and the comparison with squawk. */
export const allFixtures: readonly Fixture[] = [
  ...journalFixtures,
  ...destructiveFixtures,
  ...tenancyFixtures,
  ...locksFixtures,
  ...transactionFixtures,
  ...compatibilityFixtures,
  ...seedsFixtures,
  ...directivesFixtures,
];
