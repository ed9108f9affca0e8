import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceAudit } from '../../src/tenancy/index.js';
import { withClient } from '../../src/migrations/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { Pgbouncer, hasPgbouncer } from '../support/pgbouncer.js';
import { keepOutput, testLogFile } from '../support/test-logs.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    // Its own pooler, and settings of the role that old sessions of one would not have.
    database = await createTestDatabase(undefined, { isDirect: true });
  });
  afterAll(() => database.drop());

  const BREAK = 'ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY';
  const MEND = 'ALTER TABLE api_keys FORCE ROW LEVEL SECURITY';
  const BROKEN = 'A06: api_keys has ENABLE without FORCE ROW LEVEL SECURITY.';
  /** Breaks the database for a while. */
  const meanwhile = async <T>(sql: string, mend: string, work: () => Promise<T>): Promise<T> => {
    await database.query(sql);
    try {
      return await work();
    } finally {
      await database.query(mend);
    }
  };

  it('of the process ends with 8 where a wall is broken, and prints the rule, the table and the SQL', async () => {
    const { code, output } = await meanwhile(BREAK, MEND, () => startProcess(database));
    expect(code).toBe(8);
    expect(output).toContain('The server does not start: the walls between tenants are broken.');
    expect(output).toContain(`- ${BROKEN}`);
    expect(output).toContain(`To mend it: ${MEND}`);
    expect(output).not.toContain('successfully started');
  });

  describe('of the application', () => {
    let first: TestApp;
    const apps: TestApp[] = [];
    beforeAll(async () => {
      first = await createTestApp({ database });
    });
    afterEach(async () => {
      for (const app of apps.splice(0)) await app.close();
    });
    afterAll(() => first.app.close());

    const startAgain = async (environment: Record<string, string> = {}) => {
      const app = await createTestApp({ sharing: first, environment });
      apps.push(app);
      return app;
    };
    const refused = { exitCode: 8 };

    it.each(['development', 'test', 'production'])('is refused in %s where a wall is broken', async (env) => {
      const start = meanwhile(BREAK, MEND, () => startAgain({ NODE_ENV: env }));
      await expect(start).rejects.toMatchObject({ ...refused, message: expect.stringContaining(BROKEN) });
    });

    it('goes on with AUDIT=warn, and says loudly behind what', async () => {
      const before = logged().length;
      await meanwhile(BREAK, MEND, () => startAgain({ AUDIT: 'warn' }));
      const errors = logged()
        .slice(before)
        .filter(({ level }) => level === 'error');
      expect(errors.map(({ msg }) => msg)).toEqual([
        expect.stringContaining(BROKEN),
        expect.stringMatching(/^AUDIT=warn: this server starts although the walls/),
      ]);
    });

    it('tries every rule within 300 ms', async () => {
      const times: number[] = [];
      for (const _ of [1, 2, 3, 4, 5]) {
        const started = performance.now();
        await first.app.get(ServiceAudit).findings();
        times.push(performance.now() - started);
      }
      // The fastest: the others tell how busy the machine is.
      expect(Math.min(...times)).toBeLessThan(300);
    });

    it('is refused with a login that could pass the walls', async () => {
      await expect(startAgain({ DATABASE_URL: database.adminUrl })).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(/- A02: \S+ has SUPERUSER/),
      });
      await expect(startAgain({ DATABASE_URL: database.migratorUrl })).rejects.toMatchObject({
        ...refused,
        message: expect.stringContaining('- A02: rowhouse_migrator has BYPASSRLS'),
      });
    });

    it('is refused where sessions begin with a tenant: the settings say so, and the pool shows it', async () => {
      const role = `ROLE rowhouse_app IN DATABASE ${database.name}`;
      const start = meanwhile(
        `ALTER ${role} SET app.tenant_id = '00000000-0000-0000-0000-000000000001'`,
        `ALTER ${role} RESET app.tenant_id`,
        startAgain,
      );
      await expect(start).rejects.toMatchObject({
        message: expect.stringMatching(
          /- A25: .*\n(.*\n)*- A28: .*\n(.*\n)*- A29: the tenant pool hands out/,
        ),
      });
    });

    it('is refused with a table that the code does not know', async () => {
      await expect(meanwhile(NEW_TABLE, 'DROP TABLE plans', startAgain)).rejects.toMatchObject({
        message: expect.stringContaining('- A26: plans'),
      });
    });

    it('is not where a newer deployment has made that table, behind all of its walls', async () => {
      const ahead = `INSERT INTO rowhouse.migrations (tag, sha256, state, statements_total, tool_version)
        VALUES ('9999_later', '', 'applied', 1, '')`;
      await meanwhile(`${NEW_TABLE}; ${ahead}`, `DROP TABLE plans; ${FORGET}`, async () => {
        expect((await (await startAgain()).call('GET', '/health/ready')).status).toBe(200);
      });
      const open = `ALTER TABLE plans NO FORCE ROW LEVEL SECURITY`;
      const start = meanwhile(`${NEW_TABLE}; ${ahead}; ${open}`, `DROP TABLE plans; ${FORGET}`, startAgain);
      await expect(start).rejects.toMatchObject({ message: expect.stringContaining('- A06: plans') });
    });

    it('leaves it to readiness that steps are pending, also all of them', async () => {
      await meanwhile(
        'ALTER TABLE comments RENAME TO gone; ALTER TABLE rowhouse.migrations RENAME TO hidden',
        'ALTER TABLE gone RENAME TO comments; ALTER TABLE rowhouse.hidden RENAME TO migrations',
        async () => {
          const { status, body } = await (await startAgain()).call('GET', '/health/ready');
          expect([status, body.error.migrations.status]).toEqual([503, 'down']);
        },
      );
    });

    it('goes on where walls are only weak, and says of each rule what it found first', async () => {
      const weak = (table: string) => `CREATE RULE quiet AS ON DELETE TO ${table} DO INSTEAD NOTHING`;
      const before = logged().length;
      const findings = await meanwhile(
        `${weak('notes')}; ${weak('comments')}`,
        'DROP RULE quiet ON notes; DROP RULE quiet ON comments',
        async () => (await startAgain()).app.get(ServiceAudit).findings(),
      );
      expect(findings).toContainEqual(
        expect.objectContaining({ rule: 'A19', severity: 'warning', object: 'notes' }),
      );
      const warnings = logged()
        .slice(before)
        .filter(({ level, msg }) => level === 'warn' && msg?.startsWith('A19: '));
      expect(warnings.map(({ msg }) => msg)).toEqual([
        expect.stringMatching(/^A19: comments .* To mend it: .* And 1 more: npm run db:audit$/),
      ]);
    });

    const whereInstalled = hasPgbouncer ? describe : describe.skip;
    whereInstalled('behind PgBouncer in transaction mode', () => {
      it('goes on again and again, and leaves nothing there', async () => {
        const settings = {
          default_pool_size: 1,
          ignore_startup_parameters:
            'extra_float_digits,statement_timeout,lock_timeout,idle_in_transaction_session_timeout',
        };
        const pooler = await Pgbouncer.start(database.tenantUrl, 'transaction', settings);
        try {
          const DATABASE_URL = pooler.through(database.tenantUrl);
          for (const _ of [1, 2]) await startAgain({ DATABASE_URL, DATABASE_PREPARED_STATEMENTS: 'false' });
          const { rows } = await withClient({ connectionString: DATABASE_URL }, (client) =>
            client.query('SELECT name FROM pg_prepared_statements'),
          );
          expect(rows).toEqual([]);
        } finally {
          for (const app of apps.splice(0)) await app.close();
          await pooler.stop();
        }
      });
    });

    it('counts no finding that is allowed today', async () => {
      const entry = { rule: 'A24', object: 'publication mirror', reason: 'of ours', until: '9999-12-31' };
      const ask = (until: string) => first.app.get(ServiceAudit).findings([{ ...entry, until }]);
      const [allowed, ended] = await meanwhile(
        'CREATE PUBLICATION mirror FOR TABLE notes',
        'DROP PUBLICATION mirror',
        async () => [await ask('9999-12-31'), await ask('2026-01-01')],
      );
      const severities = [allowed, ended].map(
        (findings) => findings?.find(({ rule }) => rule === 'A24')?.severity,
      );
      expect(severities).toEqual(['information', 'warning']);
    });
  });
});

async function startProcess({ tenantUrl, controlUrl }: TestDatabase) {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: '0',
      DATABASE_URL: tenantUrl,
      CONTROL_DATABASE_URL: controlUrl,
    },
    timeout: 30_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  keepOutput(output);
  return { code, output };
}

const logged = () =>
  readFileSync(testLogFile(), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{"'))
    .map((line) => JSON.parse(line) as { level: string; msg: string });

const NEW_TABLE = `
  CREATE TABLE plans (tenant_id uuid NOT NULL REFERENCES tenants (id), id uuid NOT NULL, PRIMARY KEY (tenant_id, id));
  ALTER TABLE plans OWNER TO rowhouse_owner;
  ALTER TABLE plans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY plans_floor ON plans AS RESTRICTIVE TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
  CREATE POLICY plans_tenant ON plans TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
  GRANT SELECT, INSERT, DELETE ON plans TO rowhouse_app`;
const FORGET = `DELETE FROM rowhouse.migrations WHERE tag = '9999_later'`;
