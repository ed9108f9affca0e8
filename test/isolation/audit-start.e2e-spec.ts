import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceAudit } from '../../src/tenancy/index.js';
import { withClient } from '../../src/migrations/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { Pgbouncer, hasPgbouncer } from '../support/pgbouncer.js';
import { keepOutput } from '../support/test-logs.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  describe('of the server as a process', () => {
    const children: ChildProcess[] = [];
    const BREAK = 'ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY';
    const MEND = 'ALTER TABLE api_keys FORCE ROW LEVEL SECURITY';
    beforeAll(() => database.query(BREAK));
    afterAll(() => database.query(MEND));
    afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

    function start(environment: Record<string, string>) {
      const urls = { DATABASE_URL: database.tenantUrl, CONTROL_DATABASE_URL: database.controlUrl };
      const child = spawn(process.execPath, ['dist/main.js'], {
        cwd: root,
        env: { PATH: process.env['PATH'], NODE_ENV: 'development', PORT: '0', ...urls, ...environment },
      });
      children.push(child);
      const run = { output: '', exit: once(child, 'exit').then(([code]) => code as number | null) };
      child.stdout.on('data', (chunk) => (run.output += chunk));
      child.stderr.on('data', (chunk) => (run.output += chunk));
      void run.exit.then(() => keepOutput(run.output));
      return run;
    }

    it.each(['development', 'production'])(
      'is refused in %s where a wall is broken: 8, the rule, the table, the SQL',
      async (environment) => {
        const run = start({ NODE_ENV: environment });
        expect(await run.exit).toBe(8);
        expect(run.output).toContain('The server does not start: the walls between tenants are broken.');
        expect(run.output).toContain('- A06: api_keys has ENABLE without FORCE ROW LEVEL SECURITY.');
        expect(run.output).toContain(`To mend it: ${MEND}`);
        expect(run.output).not.toContain('successfully started');
      },
    );

    it('goes on with AUDIT=warn, and says loudly behind what', async () => {
      const run = start({ AUDIT: 'warn', LOG_LEVEL: 'error', LOG_PRETTY: 'false' });
      await eventually(() => expect(run.output).toContain('AUDIT=warn'), 25_000);
      const lines = run.output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { level: string; msg: string });
      expect(lines.map(({ level, msg }) => `${level} ${msg}`)).toEqual([
        expect.stringMatching(/^error A06: api_keys has ENABLE without FORCE/),
        expect.stringMatching(/^error AUDIT=warn: this server starts although the walls/),
      ]);
    });

    it('has no AUDIT=warn in production', async () => {
      const run = start({ AUDIT: 'warn', NODE_ENV: 'production' });
      expect(await run.exit).toBe(2);
      expect(run.output).toContain('AUDIT must be block in production');
    });
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
    /** Breaks the database for a while. */
    const meanwhile = async <T>(sql: string, mend: string, work: () => Promise<T>): Promise<T> => {
      await database.query(sql);
      try {
        return await work();
      } finally {
        await database.query(mend);
      }
    };
    const refused = { exitCode: 8 };

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

    it('goes on where a wall is only weak', async () => {
      const weak = 'CREATE RULE quiet AS ON DELETE TO notes DO INSTEAD NOTHING';
      const findings = await meanwhile(weak, 'DROP RULE quiet ON notes', async () =>
        (await startAgain()).app.get(ServiceAudit).findings(),
      );
      expect(findings).toContainEqual(
        expect.objectContaining({ rule: 'A19', severity: 'warning', object: 'notes' }),
      );
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

const NEW_TABLE = `
  CREATE TABLE plans (tenant_id uuid NOT NULL REFERENCES tenants (id), id uuid NOT NULL, PRIMARY KEY (tenant_id, id));
  ALTER TABLE plans OWNER TO rowhouse_owner;
  ALTER TABLE plans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY plans_floor ON plans AS RESTRICTIVE TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
  CREATE POLICY plans_tenant ON plans TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
  GRANT SELECT, INSERT, DELETE ON plans TO rowhouse_app`;
const FORGET = `DELETE FROM rowhouse.migrations WHERE tag = '9999_later'`;
