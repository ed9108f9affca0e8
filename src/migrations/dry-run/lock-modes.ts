/** PostgreSQL's table locks, weakest first (manual, 13.3.1), and whom each keeps waiting. */
const lockModes = [
  ['AccessShareLock', 'ACCESS SHARE', 'blocks nobody but DROP and ALTER'],
  ['RowShareLock', 'ROW SHARE', 'blocks nobody but DROP and ALTER'],
  ['RowExclusiveLock', 'ROW EXCLUSIVE', 'blocks only index builds and schema changes'],
  ['ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE', 'blocks only other schema changes and VACUUM'],
  ['ShareLock', 'SHARE', 'blocks writes'],
  ['ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE', 'blocks writes'],
  ['ExclusiveLock', 'EXCLUSIVE', 'blocks writes and SELECT FOR UPDATE'],
  ['AccessExclusiveLock', 'ACCESS EXCLUSIVE', 'blocks reads and writes'],
] as const;

/** As `pg_locks` calls it. */
export type LockMode = (typeof lockModes)[number][0];

export const strengthOf = (mode: LockMode): number => lockModes.findIndex(([name]) => name === mode);

/** `ACCESS EXCLUSIVE (blocks reads and writes)` */
export function lockInWords(mode: LockMode): string {
  const [, name, effect] = lockModes[strengthOf(mode)] ?? ['', mode, ''];
  return `${name} (${effect})`;
}
