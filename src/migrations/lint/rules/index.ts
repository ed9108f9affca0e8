import { directiveTexts } from '../directives/directive-texts.js';
import type { Rule, RuleText } from '../rule.js';
import { compatibilityRules } from './compatibility.js';
import { destructiveRules } from './destructive.js';
import { journalRules } from './journal.js';
import { locksRules } from './locks.js';
import { seedsRules } from './seeds.js';
import { tenancyRules } from './tenancy.js';
import { transactionRules } from './transaction.js';

/** Every rule, group by group. */
export const allRules: readonly Rule[] = [
  ...journalRules,
  ...destructiveRules,
  ...tenancyRules,
  ...locksRules,
  ...transactionRules,
  ...compatibilityRules,
  ...seedsRules,
];

/** Their texts, and those of what the engine itself finds. */
export const allRuleTexts: readonly RuleText[] = [...allRules, ...Object.values(directiveTexts)];
