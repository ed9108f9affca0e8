/** How the commands of this room end; scripts rely on these numbers. */
export const ExitCode = {
  DONE: 0,
  SQL_ERROR: 1,
  USAGE: 2,
  CONFIRMATION_NEEDED: 3,
  INTEGRITY: 4,
  LOCK_NOT_OBTAINED: 5,
  /** Only in check modes: something is pending, or the database has drifted. */
  PENDING: 6,
  INTERRUPTED: 7,
  ISOLATION_BROKEN: 8,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
