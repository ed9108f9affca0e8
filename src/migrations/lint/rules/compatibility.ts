import type { Rule } from '../rule.js';

export const compatibilityRules: readonly Rule[] = [];
