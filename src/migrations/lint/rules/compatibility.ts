import type { Rule } from '../rule.js';
import { contractBeforeExpand } from './compatibility/contract.js';
import { identifierTooLong } from './compatibility/identifier-too-long.js';
import { newerSyntax } from './compatibility/newer-syntax.js';
import { notNullWithoutDefault } from './compatibility/not-null-without-default.js';
import { renameColumn, renameEnumValue, renameSchema, renameTable } from './compatibility/rename.js';

export const compatibilityRules: readonly Rule[] = [
  renameColumn,
  renameTable,
  renameSchema,
  renameEnumValue,
  notNullWithoutDefault,
  contractBeforeExpand,
  newerSyntax,
  identifierTooLong,
];
