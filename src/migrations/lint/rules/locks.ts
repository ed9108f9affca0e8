import type { Rule } from '../rule.js';

export const locksRules: readonly Rule[] = [];
