/** Functions of PostgreSQL that no statement of the service needs. */
interface RevokedFunctions {
  /** The group, as a message calls it. */
  name: string;
  /** Of their names in `pg_catalog`: a regular expression of PostgreSQL. */
  pattern: string;
  /** What they do past the tenant, or past the transaction. */
  why: string;
}

/**
 * `db:bootstrap` revokes them from PUBLIC, and the audit (A22) looks whether it could. This file is a door of its own: the
 * commands start before the whole room has loaded.
 */
export const revokedFunctions: readonly RevokedFunctions[] = [
  { name: 'set_config', pattern: '^set_config$', why: 'sets another tenant from inside an expression' },
  { name: 'large objects', pattern: '^(lo_.*|loread|lowrite)$', why: 'have no row security' },
  {
    name: 'session advisory locks',
    pattern: '^pg_(try_)?advisory_lock(_shared)?$',
    why: 'outlive the transaction, and stay with the connection that the next tenant gets',
  },
  {
    name: 'signals',
    pattern: '^pg_(cancel|terminate)_backend$',
    why: "end other tenants' statements",
  },
  {
    name: 'queries in text',
    pattern: '^((query|cursor|table|schema|database)_to_xml.*|ts_stat|ts_rewrite)$',
    why: 'run SQL that is hidden in a value',
  },
  { name: 'sleeping', pattern: '^pg_sleep(_for|_until)?$', why: 'hold a connection of the pool for nothing' },
];
