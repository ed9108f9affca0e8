import type { Rule } from '../rule.js';
import { grantRules } from './tenancy/grants.js';
import { keyRules } from './tenancy/keys.js';
import { policyRules } from './tenancy/policies.js';
import { rightRules } from './tenancy/rights.js';
import { viewRules } from './tenancy/views.js';
import { wallRules } from './tenancy/wall.js';

export const tenancyRules: readonly Rule[] = [
  ...wallRules,
  ...policyRules,
  ...keyRules,
  ...viewRules,
  ...grantRules,
  ...rightRules,
];
