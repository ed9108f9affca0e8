import { describe, expect, it } from '@jest/globals';
import { volatileFunctions } from '../../../src/migrations/lint/facts/volatile-functions.js';
import { withClient } from '../../../src/migrations/index.js';
import { testMajors } from '../../support/server-of-major.js';
import { scratchDatabase } from './scratch.js';

/** Volatile, and no default: internals, what acts on the server, and what answers rows or nothing. */
const noDefaults =
  '^(pg_|lo_|lo[a-z]+$|binary_upgrade|brin_|gin_|RI_|ts_stat|inet_|amvalidate|system$|bernoulli$|currtid2$|ts_rewrite$|current_query$)' +
  '|(_to_xml|xmlschema|handler|trigger|recv|send|in|out|sel)$';

describe.each(testMajors())('volatile functions, measured on PostgreSQL %i', (major) => {
  it('knows every one of the server that can stand in a default', async () => {
    const database = await scratchDatabase(major);
    const { rows } = await withClient({ connectionString: database.url }, (client) =>
      client.query<{ name: string; is_volatile: boolean }>(
        `SELECT proname AS name, bool_or(provolatile = 'v') AS is_volatile FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND proname !~ $1
           AND prorettype::regtype::text NOT IN ('trigger', 'internal', 'void', 'event_trigger', 'record', 'cstring')
         GROUP BY proname`,
        [noDefaults],
      ),
    );
    await database.drop();
    const missing = rows.filter(({ name, is_volatile }) => is_volatile && !volatileFunctions.has(name));
    const harmless = rows.filter(({ name, is_volatile }) => !is_volatile && volatileFunctions.has(name));
    expect({ missing, harmless }).toEqual({ missing: [], harmless: [] });
  });
});
