import type { Rule } from '../rule.js';

export const transactionRules: readonly Rule[] = [];
