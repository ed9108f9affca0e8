import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { securityBlock } from '../../../src/database/index.js';
import { auditIsolation } from '../../../src/tenancy/audit/isolation-audit.js';
import { type AttackedDatabase, openAttackedDatabase } from './attacked-database.js';
import { columnsOf } from './attack.js';
import { type Table, isOfTenants, readPrivileges } from './catalogue.js';
import { PLACES } from './places.js';

const DIRECT = PLACES.filter(({ isPooled }) => !isPooled);

/** Things that somebody could build around the tables, each made and undone in one transaction of an administrator. */
describe.each(DIRECT)('what stands around tenant tables on PostgreSQL $major', (place) => {
  let attacked: AttackedDatabase;
  beforeAll(async () => {
    attacked = await openAttackedDatabase(place);
  });
  afterAll(() => attacked.close());
  beforeEach(() => attacked.asAdmin('BEGIN'));
  afterEach(() => attacked.asAdmin('ROLLBACK'));

  const rowsOf = async (text: string) => (await attacked.asAdmin(text)).rows;
  const become = (tenantId: string) =>
    attacked.asAdmin(`SET LOCAL ROLE rowhouse_app; SET LOCAL app.tenant_id = '${tenantId}'`);
  const ownedBy = (kind: string, name: string) => `ALTER ${kind} ${name} OWNER TO rowhouse_owner`;
  const readable = async (): Promise<Table[]> => {
    const privileges = await readPrivileges(attacked.asAdmin, 'rowhouse_app');
    const canRead = (table: Table) => columnsOf(table).every((name) => privileges.can('SELECT', table, name));
    return attacked.street.tables.filter((table) => isOfTenants(table) && canRead(table));
  };

  it('a view or function of the owner shows nothing of any table: FORCE binds the owner too', async () => {
    const tables = await readable();
    for (const [i, { name }] of tables.entries())
      await attacked.asAdmin(`CREATE VIEW v${i} AS SELECT * FROM ${name}; ${ownedBy('VIEW', `v${i}`)};
        CREATE FUNCTION f${i}() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM ${name}';
        ${ownedBy('FUNCTION', `f${i}()`)}; GRANT SELECT ON v${i} TO rowhouse_app`);
    await become(attacked.street.target.tenantId);
    for (const [i, { name }] of tables.entries()) {
      const [seen] = await rowsOf(
        `SELECT (SELECT count(*) FROM v${i})::int AS view, f${i}()::int AS function`,
      );
      expect([name, seen]).toEqual([name, { view: 0, function: 0 }]);
    }
  });

  it('a view with security_invoker shows own rows', async () => {
    await attacked.asAdmin(`CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM notes;
      ${ownedBy('VIEW', 'v')}; GRANT SELECT ON v TO rowhouse_app`);
    const { tenantId } = attacked.street.target;
    const own = await rowsOf(`SELECT id FROM notes WHERE tenant_id = '${tenantId}' ORDER BY id`);
    await become(tenantId);
    expect(await rowsOf('SELECT id FROM v ORDER BY id')).toEqual(own);
  });

  it('a materialized view is not granted', async () => {
    await attacked.asAdmin(
      `CREATE MATERIALIZED VIEW m AS SELECT * FROM notes; ${ownedBy('MATERIALIZED VIEW', 'm')}`,
    );
    await become(attacked.street.target.tenantId);
    await expect(rowsOf('SELECT * FROM m')).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ['a child', 'CREATE TABLE part () INHERITS (papers)', ''],
    ['a partition', 'CREATE TABLE part PARTITION OF papers DEFAULT', 'PARTITION BY LIST (title)'],
  ])(
    '%s of a table is not granted, and through its parent shows own rows',
    async (_, create, partitioned) => {
      const { target, other } = attacked.street;
      const walls = securityBlock('papers', ['title']).join('; ');
      await attacked.asAdmin(`CREATE TABLE papers (tenant_id uuid NOT NULL, title text) ${partitioned}; ${create}; ${walls};
      INSERT INTO part (tenant_id, title) VALUES ('${target.tenantId}', 'secret'), ('${other.tenantId}', 'mine')`);
      await become(other.tenantId);
      expect(await rowsOf('SELECT title FROM papers')).toEqual([{ title: 'mine' }]);
      await expect(rowsOf('SELECT * FROM part')).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('an IMMUTABLE helper in a generic plan shows the rows of the tenant before: the audit must block it', async () => {
    const { target, other } = attacked.street;
    const [{ count } = {}] = await rowsOf(
      `SELECT count(*)::int AS count FROM notes WHERE tenant_id = '${target.tenantId}'`,
    );
    const strangersSeen = async () => {
      await attacked.asAdmin(
        'SET LOCAL plan_cache_mode = force_generic_plan; PREPARE p AS SELECT tenant_id FROM notes',
      );
      await become(target.tenantId);
      await attacked.asAdmin('EXECUTE p');
      await become(other.tenantId);
      const rows = await rowsOf('EXECUTE p');
      await attacked.asAdmin('RESET ROLE; DEALLOCATE p');
      return rows.filter((row) => row['tenant_id'] === target.tenantId).length;
    };
    expect(await strangersSeen()).toBe(0);
    await attacked.asAdmin('ALTER FUNCTION current_tenant_id() IMMUTABLE');
    expect(await strangersSeen()).toBe(count);
    const findings = await auditIsolation(attacked.asAdmin);
    const ofHelper = findings.filter(({ rule }) => rule === 'A09');
    expect(ofHelper).toMatchObject([{ severity: 'blocking', object: 'current_tenant_id()' }]);
  });

  it('a cursor WITH HOLD, on a connection without our lease, keeps the rows of the tenant before', async () => {
    const { target, other } = attacked.street;
    await become(target.tenantId);
    await attacked.asAdmin('DECLARE held CURSOR WITH HOLD FOR SELECT tenant_id FROM notes; COMMIT; BEGIN');
    await become(other.tenantId);
    // Why the lease refuses to declare one: test/database/transaction-bound.e2e-spec.ts.
    expect(await rowsOf('FETCH 1 FROM held')).toEqual([{ tenant_id: target.tenantId }]);
    await attacked.asAdmin('CLOSE held');
  });

  it('LOCK ... ACCESS EXCLUSIVE is open where DELETE is granted, to the login, never through our lease', async () => {
    const privileges = await readPrivileges(attacked.asAdmin, 'rowhouse_app');
    await become(attacked.street.target.tenantId);
    for (const table of attacked.street.tables.filter(isOfTenants)) {
      await attacked.asAdmin('SAVEPOINT one');
      const lock = attacked.asAdmin(`LOCK ${table.name} IN ACCESS EXCLUSIVE MODE`).then(
        () => 'locked',
        (error: { code?: string }) => error.code,
      );
      expect([table.name, await lock]).toEqual([
        table.name,
        privileges.canDelete(table) ? 'locked' : '42501',
      ]);
      await attacked.asAdmin('ROLLBACK TO one');
    }
  });

  it('a table that is empty for everybody answers nothing, or raises, to a plan that was made with a tenant', async () => {
    const walls = securityBlock('papers', ['title']).join('; ');
    await attacked.asAdmin(`CREATE TABLE papers (tenant_id uuid NOT NULL, title text); ${walls};
      SET LOCAL plan_cache_mode = force_generic_plan; PREPARE p AS SELECT * FROM papers`);
    await become(attacked.street.target.tenantId);
    expect(await rowsOf('EXECUTE p')).toEqual([]);
    await attacked.asAdmin(`SET LOCAL app.tenant_id = ''`);
    // A policy is asked row by row: without a row nobody asks. Through our lease no statement is sent without a tenant.
    expect(await rowsOf('EXECUTE p')).toEqual([]);
    await attacked.asAdmin('RESET ROLE; DEALLOCATE p');
    await become('');
    await expect(rowsOf('SELECT * FROM papers')).rejects.toMatchObject({ code: '42501' });
  });
});
