import type { Rule } from '../rule.js';

export const destructiveRules: readonly Rule[] = [];
