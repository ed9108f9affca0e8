/** Tests slow statements of the service with it; `db:bootstrap` takes it from production's logins. */
export const LET_SERVICE_SLEEP =
  'GRANT EXECUTE ON FUNCTION pg_sleep(double precision) TO rowhouse_app, rowhouse_control';
