/** What the sessions of the server without load are called in `pg_stat_activity`. */
export const QUIET = 'quiet';

/** The sessions in a service's tenant pool, when each last began something; may be continued with AND. */
export const sessionsOf = (applicationName: string): string =>
  `SELECT pid, query_start, state FROM pg_stat_activity WHERE application_name = '${applicationName} tenant'`;
