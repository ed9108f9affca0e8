import type { Rule } from '../rule.js';
import { columnRules } from './locks/columns.js';
import { constraintRules } from './locks/constraints.js';
import { foreignKeyRules } from './locks/foreign-keys.js';
import { indexRules } from './locks/indexes.js';
import { sessionRules } from './locks/sessions.js';
import { waitingRules } from './locks/waiting.js';

export const locksRules: readonly Rule[] = [
  ...indexRules,
  ...constraintRules,
  ...columnRules,
  ...foreignKeyRules,
  ...waitingRules,
  ...sessionRules,
];
