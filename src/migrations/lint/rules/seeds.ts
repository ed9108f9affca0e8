import type { Rule } from '../rule.js';

export const seedsRules: readonly Rule[] = [];
