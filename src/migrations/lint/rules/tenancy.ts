import type { Rule } from '../rule.js';

export const tenancyRules: readonly Rule[] = [];
