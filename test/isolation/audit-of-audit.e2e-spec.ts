import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config/index.js';
import { type AuditFinding, auditRules } from '../../src/tenancy/audit/index.js';
import { testPool } from '../../src/tenancy/audit/live/pool-self-test.js';
import { auditTransport } from '../../src/tenancy/audit/live/transport.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { testRun } from '../support/test-run.js';
import { AuditedDatabase } from './audited-database.js';
import { LOGIN_MUTANTS } from './login-mutants.js';
import { type Mutant, WALL_MUTANTS } from './mutants.js';
import { PROBE_MUTANTS } from './probe-mutants.js';

const runsHere = ([, , , options]: Mutant) => testRun().major >= (options?.since ?? 0);
/** Their remedies are no SQL, or leave something to be filled in. */
const BY_HAND = ['A01', 'A02', 'A09', 'A10', 'A11', 'A12', 'A18', 'A26', 'A30', 'A31'];
const tried: string[] = [];
const caught: string[] = [];

/** A mutant counts as caught where its rule names its object, says what is wrong, and how to mend it. */
function expectCaught(findings: AuditFinding[], rule: string, object: string): void {
  tried.push(rule);
  const finding = findings.find((found) => found.rule === rule && found.object.startsWith(object));
  expect({ rule, object, found: finding !== undefined, findings }).toMatchObject({ found: true });
  expect(finding!.message.length).toBeGreaterThan(object.length + 10);
  expect(finding!.remedy).not.toBe('');
  caught.push(rule);
}

describe('the audit of the audit', () => {
  describe('catches in the catalogue', () => {
    let audited: AuditedDatabase;
    beforeAll(async () => {
      audited = await AuditedDatabase.open();
      await audited.database.query(ROWS);
    });
    afterAll(() => audited.close());

    it('nothing where nothing is broken', async () => {
      expect(await audited.findingsAfter('SELECT 1')).toEqual([]);
      expect(await audited.probeAfter('SELECT 1')).toEqual([]);
    });

    it.each([...LOGIN_MUTANTS, ...WALL_MUTANTS].filter(runsHere))(
      '%s of %s, and mends it: %s',
      async (rule, object, sql, options = {}) => {
        const { also = [], since: _, ...asked } = options;
        const findings = await audited.findingsAfter(sql, asked);
        expectCaught(findings, rule, object);
        const others = findings.map((finding) => finding.rule).filter((other) => other !== rule);
        expect(others.filter((other) => !also.includes(other))).toEqual([]);
        if (BY_HAND.includes(rule)) return;
        const remedies = findings.filter((finding) => finding.rule === rule).map(({ remedy }) => remedy);
        const mended = `${sql}; SET LOCAL search_path TO DEFAULT; ${remedies.join(';')}`;
        expect(await audited.faultsAfter(mended, rule, asked)).toEqual([]);
      },
    );

    it.each(PROBE_MUTANTS)('A28 of %s: %s', async (object, sql, login = 'rowhouse_app') => {
      expectCaught(await audited.probeAfter(sql, login), 'A28', object);
    });
  });

  describe('catches in the configuration', () => {
    it.each([false, { rejectUnauthorized: false }])('A27 of DATABASE_URL with TLS %j', (ssl) => {
      const control = { host: '127.0.0.1', ssl: false };
      const tenant = { host: 'db.example.com', ssl };
      const database = { tenant, control, listener: control } as unknown as Config['database'];
      expectCaught(auditTransport({ environment: 'production', database }), 'A27', 'DATABASE_URL');
    });
  });

  describe('catches in the pool', () => {
    let room: DatabaseRoom;
    beforeAll(async () => {
      room = await openDatabaseRoom();
    });
    afterEach(() => void room.pool.removeAllListeners('release'));
    afterAll(() => room.close());
    const test = () => testPool(room.pool, room.transactions, room.db);

    it('nothing where nothing is broken', async () => expect(await test()).toEqual([]));

    it.each(['BEGIN', `SET app.tenant_id = '00000000-0000-0000-0000-000000000001'`])(
      'A29 of connections that come back after %s',
      async (sql) => {
        room.pool.on('release', (_, client) => void client.query(sql).catch(() => undefined));
        expectCaught(await test(), 'A29', 'the tenant pool');
      },
    );
  });

  it('has a mutant for every rule, and leaves none alive', () => {
    expect([...new Set(auditRules.map(({ id }) => id))].filter((id) => !caught.includes(id))).toEqual([]);
    process.stdout.write(
      `Audit of the audit: ${caught.length} of ${tried.length} mutants of ${new Set(caught).size} rules caught ` +
        `(${((100 * caught.length) / tried.length).toFixed(1)} %) on PostgreSQL ${testRun().major}\n`,
    );
    expect(caught.length).toBe(tried.length);
  });
});

/** For the mutants that only show where there is something to be shown. */
const ROWS = `
  INSERT INTO tenants (id, slug, name, status) VALUES ('11111111-1111-4111-8111-111111111111', 'acme', 'Acme', 'active');
  INSERT INTO notes (tenant_id, id, title) VALUES
    ('11111111-1111-4111-8111-111111111111', gen_random_uuid(), 'of acme'),
    ('00000000-0000-0000-0000-000000000001', gen_random_uuid(), 'of the platform')`;
