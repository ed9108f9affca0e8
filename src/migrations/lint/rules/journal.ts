import type { Rule } from '../rule.js';
import { emptyStep } from './journal/empty.js';
import { carriageReturns, missingSql, orphanSql, rollbackWithoutStep } from './journal/files.js';
import {
  duplicateIdx,
  duplicatePrefix,
  duplicateTag,
  idxGap,
  prefixDiffers,
  whenFuture,
  whenOrder,
} from './journal/order.js';
import {
  conflictMarkers,
  journalUnreadable,
  snapshotUnreadable,
  unparseableSql,
} from './journal/readable.js';
import { unknownSetting } from './journal/settings.js';
import { schemaDrift, snapshotCollision, snapshotDangling, snapshotMissing } from './journal/snapshots.js';
import { editedAfterMerge } from './journal/sums.js';

export const journalRules: readonly Rule[] = [
  journalUnreadable,
  unparseableSql,
  conflictMarkers,
  orphanSql,
  missingSql,
  emptyStep,
  rollbackWithoutStep,
  carriageReturns,
  duplicateTag,
  duplicatePrefix,
  duplicateIdx,
  idxGap,
  prefixDiffers,
  whenOrder,
  whenFuture,
  snapshotUnreadable,
  snapshotMissing,
  snapshotCollision,
  snapshotDangling,
  schemaDrift,
  editedAfterMerge,
  unknownSetting,
];
