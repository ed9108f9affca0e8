import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { invariants } from '../../src/isolation.js';
import { NEWEST_MAJOR } from '../../src/local/embedded-binaries.js';
import { bootstrapDatabase, migrate, withClient } from '../../src/migrations/index.js';
import { createTestApp } from '../support/app.js';
import { StepFolder } from '../support/migrations.js';
import { runCli } from '../support/run-cli.js';
import { testMajors } from '../support/server-of-major.js';
import { urlFor } from '../support/test-run.js';
import { HostedServer, PROVIDERS, type Provider } from './hosted-admin.js';

/** Since PostgreSQL 16 an administrator with BYPASSRLS may give it; before it took a superuser. */
const mayBypass = (provider: Provider, major: number) => provider !== 'RDS' && major >= 16;
const KEPT =
  /^Warning: rowhouse_app and rowhouse_control may still use language plpgsql, large objects, queries in text, session advisory locks, set_config, signals, sleeping: this admin is not allowed to revoke it/m;

/** All of them where majors are named; else the one that allows the least, on the embedded server that every machine has. */
const isNamed = process.env['TEST_MAJORS'] !== undefined;
const majors = isNamed ? testMajors() : [NEWEST_MAJOR];
const providers = isNamed ? (Object.keys(PROVIDERS) as Provider[]) : (['RDS'] as const);
const servers = majors.flatMap((major) => providers.map((provider) => [provider, major] as const));

describe.each(servers)('an administrator as on %s, PostgreSQL %i', (provider, major) => {
  let hosted: HostedServer;
  beforeAll(async () => {
    hosted = await HostedServer.start(provider, major);
  }, 120_000);
  afterAll(() => hosted.stop());

  it('bootstraps, and is told in one line each what this server does not let it do', () => {
    const warnings = hosted.output.split('\n').filter((line) => line.startsWith('Warning:'));
    expect(warnings).toHaveLength(mayBypass(provider, major) ? 1 : 2);
    expect(hosted.output).toMatch(KEPT);
    const cannotBypass = /^Warning: rowhouse_migrator could not be made BYPASSRLS: .*Migrations lift FORCE/m;
    expect(cannotBypass.test(hosted.output)).toBe(!mayBypass(provider, major));
  });

  it('leaves PUBLIC nothing of the database and of schema public, and may be run again', async () => {
    const { code, output } = await runCli(['db:bootstrap', hosted.adminUrl]);
    expect([code, output]).toEqual([0, expect.stringMatching(KEPT)]);
    const { rows } = await hosted.database.query(`
      SELECT nspowner::regrole::text AS owner, nspacl::text || datacl::text ~ '[{,]=' AS has_public
        FROM pg_namespace, pg_database WHERE nspname = 'public' AND datname = current_database()`);
    expect(rows).toEqual([{ owner: 'rowhouse_owner', has_public: false }]);
    // It has made new passwords.
    for (const [, name, url] of output.matchAll(/^(\w+)_URL=(.*)$/gm))
      Object.assign(hosted.database, {
        [{ DATABASE: 'tenantUrl', CONTROL_DATABASE: 'controlUrl' }[name!] ?? 'migratorUrl']: url,
      });
  });

  it('has a database that is migrated, and whose audit tells the truth about it', async () => {
    const { migratorUrl, tenantUrl } = hosted.database;
    const environment = { NODE_ENV: 'test', MIGRATION_DATABASE_URL: migratorUrl, DATABASE_URL: tenantUrl };
    const { applied } = await migrate({ connectionString: migratorUrl }, { invariants });
    expect(applied.length).toBeGreaterThan(4);
    const audit = await runCli(['db:audit', '--json'], environment);
    expect(audit.code).toBe(0);
    const findings = JSON.parse(audit.output) as { rule: string; severity: string; object: string }[];
    expect(findings.filter(({ severity }) => severity === 'blocking')).toEqual([]);
    expect(findings.filter(({ rule }) => rule === 'A22').map(({ object }) => object)).toEqual([
      'language plpgsql',
      'large objects',
      'queries in text',
      'session advisory locks',
      'set_config',
      'signals',
      'sleeping',
    ]);
  });

  it('has a server that starts, and serves two tenants apart', async () => {
    const api = await createTestApp({ database: hosted.database });
    const note = await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'ours' } });
    const url = `/v1/notes/${note.body.id}`;
    expect((await api.call('GET', url, { as: api.acme.apiKey })).status).toBe(200);
    expect((await api.call('GET', url, { as: api.globex.apiKey })).status).toBe(404);
    await api.close();
  });

  describe('a step', () => {
    const WALLED = `CREATE TABLE %t (tenant_id uuid NOT NULL, id int, other int, note text, PRIMARY KEY (tenant_id, id));
      ALTER TABLE %t ENABLE ROW LEVEL SECURITY; ALTER TABLE %t FORCE ROW LEVEL SECURITY;`;
    const ROWS = `INSERT INTO %t (tenant_id, id, other) VALUES ('00000000-0000-0000-0000-000000000001', 1, 7);`;
    const both = (sql: string) => sql.replaceAll('%t', 'h_child') + sql.replaceAll('%t', 'h_parent');
    const FOREIGN_KEY =
      'ALTER TABLE h_child ADD CONSTRAINT h_fkey FOREIGN KEY (tenant_id, other) REFERENCES h_parent (tenant_id, id) NOT VALID;';
    let folder: StepFolder;
    beforeAll(async () => {
      await withClient({ connectionString: hosted.database.adminUrl }, (superuser) =>
        superuser.query('CREATE DATABASE steps OWNER hosted'),
      );
      await withClient({ connectionString: urlFor(hosted.adminUrl, 'steps') }, bootstrapDatabase);
      folder = await StepFolder.create({ '0000_tables': both(WALLED) + both(ROWS) });
    });
    afterAll(() => folder.remove());
    const run = () =>
      migrate(
        { connectionString: urlFor(hosted.database.migratorUrl, 'steps') },
        { folder: folder.path, criticalFindings: async () => [] },
      );
    const ask = (sql: string) =>
      withClient(
        { connectionString: urlFor(hosted.database.adminUrl, 'steps') },
        async (superuser) => (await superuser.query(sql)).rows,
      );
    const forced = () =>
      ask(
        `SELECT DISTINCT relforcerowsecurity AS forced FROM pg_class WHERE relname IN ('h_child', 'h_parent')`,
      );

    it('changes the rows of all tenants, and leaves the walls as they were', async () => {
      await folder.add(
        '0001_fill',
        `UPDATE h_child SET note = 'filled'; DO $$ BEGIN UPDATE h_parent SET note = 'too'; END $$;`,
      );
      expect(await run()).toEqual({ applied: ['0000_tables', '0001_fill'] });
      expect(await ask('SELECT note FROM h_child UNION ALL SELECT note FROM h_parent')).toEqual([
        { note: 'filled' },
        { note: 'too' },
      ]);
      expect(await forced()).toEqual([{ forced: true }]);
    });

    it('does not believe a foreign key that rows of any tenant break, and finds no table empty that has rows', async () => {
      await folder.add('0002_key', `${FOREIGN_KEY} ALTER TABLE h_child VALIDATE CONSTRAINT h_fkey;`);
      await expect(run()).rejects.toThrow('violates foreign key constraint "h_fkey"');
      await folder.write('0002_key', `-- rowhouse:assert-empty h_parent\nDROP TABLE h_parent CASCADE;`);
      await expect(run()).rejects.toThrow('h_parent has 1 row');
      expect(await forced()).toEqual([{ forced: true }]);
      await folder.write(
        '0002_key',
        `UPDATE h_child SET other = 1; ${FOREIGN_KEY} ALTER TABLE h_child VALIDATE CONSTRAINT h_fkey;`,
      );
      expect(await run()).toEqual({ applied: ['0002_key'] });
      expect(await forced()).toEqual([{ forced: true }]);
    });
  });

  it('that does not own the database is told so', async () => {
    await withClient({ connectionString: hosted.database.adminUrl }, (superuser) =>
      superuser.query('CREATE DATABASE of_others'),
    );
    const bootstrapping = withClient(
      { connectionString: urlFor(hosted.adminUrl, 'of_others') },
      bootstrapDatabase,
    );
    await expect(bootstrapping).rejects.toThrow('The admin hosted must own the database of_others');
  });
});
