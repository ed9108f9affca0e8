import type { Fixture } from '../fixture.js';
import { keyFixtures } from './tenancy/keys.fixtures.js';
import { policyFixtures } from './tenancy/policies.fixtures.js';
import { rightFixtures } from './tenancy/rights.fixtures.js';
import { viewFixtures } from './tenancy/views.fixtures.js';
import { wallFixtures } from './tenancy/wall.fixtures.js';

export const tenancyFixtures: readonly Fixture[] = [
  ...wallFixtures,
  ...policyFixtures,
  ...keyFixtures,
  ...viewFixtures,
  ...rightFixtures,
];
