/**
 * PostgreSQL's own functions, up to 18, that are VOLATILE and can stand in a default; names that begin with `pg_` aside.
 * A default with one of them is computed for each row. Measured by `npm run test:locks`.
 */
export const volatileFunctions: ReadonlySet<string> = new Set([
  'array_sample',
  'array_shuffle',
  'clock_timestamp',
  'currval',
  'gen_random_uuid',
  'lastval',
  'nextval',
  'random',
  'random_normal',
  'set_config',
  'setval',
  'timeofday',
  'txid_status',
  'uuidv4',
  'uuidv7',
]);

/** Those of the extensions that defaults use most. */
export const volatileExtensionFunctions: ReadonlySet<string> = new Set([
  'gen_random_bytes',
  'gen_salt',
  'uuid_generate_v1',
  'uuid_generate_v1mc',
  'uuid_generate_v4',
]);
