import type { Rule } from '../rule.js';
import { dropRules } from './destructive/drops.js';
import { rowRules } from './destructive/rows.js';
import { typeRules } from './destructive/types.js';
import { weakeningRules } from './destructive/weakening.js';

export const destructiveRules: readonly Rule[] = [...dropRules, ...rowRules, ...typeRules, ...weakeningRules];
