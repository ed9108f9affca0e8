import type { Rule } from '../rule.js';
import { insertNotRepeatable } from './seeds/insert-not-repeatable.js';

export const seedsRules: readonly Rule[] = [insertNotRepeatable];
