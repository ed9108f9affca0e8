import type { Rule } from '../rule.js';

export const journalRules: readonly Rule[] = [];
