import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installNotes } from '../notes/install-notes.js';
import '../notes/notes.schema.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { declaredTenantTables } from '../../src/database/index.js';
import '../../src/app.module.js';

/** What the design promises of every tenant table, read from the live catalogue; `attacks/` tries it. */
describe('the walls', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await installNotes((text) => database.query(text));
  });
  afterAll(() => database.drop());

  it('stand around exactly the declared tables', async () => {
    const { rows } = await database.query(
      `SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text AS owner FROM pg_class
       WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
         AND has_any_column_privilege('rowhouse_app', oid, 'SELECT, INSERT, UPDATE, REFERENCES') ORDER BY 1`,
    );
    const walls = { relrowsecurity: true, relforcerowsecurity: true, owner: 'rowhouse_owner' };
    expect(rows).toEqual(declaredTenantTables().map((relname) => ({ relname, ...walls })));
  });

  it('are the same two policies everywhere: a restrictive floor and a permissive one', async () => {
    const { rows } = await database.query(
      `SELECT tablename, permissive, qual, with_check FROM pg_policies WHERE roles = '{rowhouse_app}' ORDER BY 1, 2`,
    );
    const own = '(tenant_id = current_tenant_id())';
    expect(rows).toEqual(
      declaredTenantTables().flatMap((tablename) =>
        ['PERMISSIVE', 'RESTRICTIVE'].map((permissive) => ({
          tablename,
          permissive,
          qual: own,
          with_check: own,
        })),
      ),
    );
  });

  it('lead every key and foreign key with the tenant', async () => {
    const { rows } = await database.query(
      `SELECT conrelid::regclass::text AS on, conname FROM pg_constraint
       WHERE conrelid::regclass::text = ANY($1) AND contype IN ('p', 'u', 'f')
         AND NOT (contype = 'f' AND confrelid = 'users'::regclass) -- people are nobody's
         AND conkey[1] <> (SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'tenant_id')`,
      [declaredTenantTables()],
    );
    expect(rows).toEqual([]);
  });
});
