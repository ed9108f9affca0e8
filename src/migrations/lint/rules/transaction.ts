import type { Rule } from '../rule.js';
import {
  concurrentInTransaction,
  concurrentlyOnNewTable,
  mixedStep,
  transactionControl,
} from './transaction/control.js';
import { dynamicSql } from './transaction/dynamic-sql.js';
import { enumValueUsed } from './transaction/enum-value-used.js';

export const transactionRules: readonly Rule[] = [
  transactionControl,
  concurrentInTransaction,
  mixedStep,
  concurrentlyOnNewTable,
  enumValueUsed,
  dynamicSql,
];
