import { type LockMode, strengthOf } from './lock-modes.js';
import type { Observed } from './observe.js';

/** What one statement did to a relation that was there before the steps. */
export interface Effect {
  relation: string;
  /** The lock it took, or strengthened. */
  lock?: LockMode;
  /** Its rows were written to a new file: time and space for all of them, under that lock. */
  isRewritten?: boolean;
  /** Rows read from the first to the last, once for each scan. */
  rowsScanned?: number;
  rowsChanged?: number;
  isDropped?: boolean;
}

type Relations = ReadonlyMap<number, Observed>;

/**
 * Pure: what lies between two observations, for what is in `initial`. What the steps make themselves nobody can use yet,
 * and an index counts only when it is written anew: it is locked with its table.
 */
export function effectsOf(initial: Relations, before: Relations, after: Relations): Effect[] {
  return [...initial.values()].flatMap(({ oid, name, isIndex }) => {
    const [old, now] = [before.get(oid), after.get(oid)];
    if (!old) return [];
    if (!now)
      return isIndex ? [] : [{ relation: name, isDropped: true, lock: 'AccessExclusiveLock' as const }];
    const effect = between(old, now);
    const isToTell = isIndex ? effect.isRewritten === true : Object.keys(effect).length > 0;
    return isToTell ? [{ relation: name, ...effect }] : [];
  });
}

function between(old: Observed, now: Observed): Omit<Effect, 'relation'> {
  const isStronger = now.lock !== null && (old.lock === null || strengthOf(now.lock) > strengthOf(old.lock));
  return {
    ...(isStronger && now.lock && { lock: now.lock }),
    ...(old.fileNode !== now.fileNode && { isRewritten: true }),
    ...(now.scans > old.scans && { rowsScanned: now.rowsScanned - old.rowsScanned }),
    ...(now.rowsChanged > old.rowsChanged && { rowsChanged: now.rowsChanged - old.rowsChanged }),
  };
}
