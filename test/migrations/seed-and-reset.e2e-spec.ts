import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../src/database/index.js';
import { type Target, refusalOf } from '../../src/migrations/reset/disposable.js';
import { migrate, migrationsFolder, pushSchema, withClient } from '../../src/migrations/index.js';
import { isolationInvariants } from '../../src/tenancy/audit/index.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { runCli } from '../support/run-cli.js';
import { schema } from '../../src/schema.js';

describe('db:seed, db:init, db:reset and db:push', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    // Directly: these commands look who else is connected, and empty what nobody may be in.
    database = await createTestDatabase(undefined, { isDirect: true });
  });
  afterAll(() => database.drop());

  const urls = () => ({
    DATABASE_URL: database.tenantUrl,
    CONTROL_DATABASE_URL: database.controlUrl,
    MIGRATION_DATABASE_URL: database.migratorUrl,
  });
  const run = (args: string[], more: Record<string, string> = {}) => runCli(args, { ...urls(), ...more });
  const count = async (table: string) =>
    (await database.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`)).rows[0]?.count;
  const named = () => ['--name', database.name];

  it('refuse a database that is not named for it, change nothing, and do not load the application for that', async () => {
    const LOADS = `import { registerHooks } from 'node:module';
      registerHooks({ load(url, context, next) {
        if (url.endsWith('.controller.js')) process.stderr.write('loads the application');
        return next(url, context);
      } })`;
    const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(LOADS)}`;
    for (const command of ['db:seed', 'db:reset', 'db:push']) {
      const { code, output } = await run([command], { NODE_OPTIONS });
      expect([command, code]).toEqual([command, 3]);
      expect(output).toContain(`add --name ${database.name}`);
      expect(output).not.toContain('loads the application');
    }
    expect((await run(['db:reset', '--name', 'another'])).output).toContain('"another" is not its name');
    expect(await count('tenants')).toBe(1);
  });

  it('refuse production, whatever is typed', async () => {
    for (const command of ['db:reset', 'db:push']) {
      const { code, output } = await run([command, ...named()], { NODE_ENV: 'production' });
      expect([command, code]).toEqual([command, 2]);
      expect(output).toContain('NODE_ENV is production');
    }
  });

  it('seed once, and say that a second run changed nothing', async () => {
    const first = await run(['db:init', ...named()]);
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('tenants 3') });
    const second = await run(['db:seed', ...named()]);
    expect(second).toEqual({
      code: 0,
      // The audit may warn before, of what a server that is made for tests allows.
      output: expect.stringMatching(
        /(^|\n)demo tenants and keys: 0 rows changed\ndemo people: 0 rows changed\ndemo contracts of acme: 0 rows changed\ndemo quotes of pivotal-flow: 0 rows changed\n$/,
      ),
    });
  });

  it('do not reset under the feet of others, and name them', async () => {
    await withClient(
      { connectionString: database.tenantUrl, application_name: 'a forgotten psql' },
      async () => {
        const { code, output } = await run(['db:reset', ...named()]);
        expect(code).toBe(5);
        expect(output).toContain('a forgotten psql (rowhouse_app, process');
      },
    );
    expect(await count('tenants')).toBe(4);
  });

  it('reset to what a new database is, with the same logins', async () => {
    const shape = `SELECT nspname, nspowner::regrole::text, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1`;
    const before = (await database.query(shape)).rows;
    await database.query('CREATE TABLE left_behind (a int)');
    const { code, output } = await run(['db:reset', ...named()]);
    expect(output).toContain(`emptied ${database.name}`);
    expect(code).toBe(0);
    expect((await database.query(shape)).rows).toEqual(before);
    expect((await database.query(`SELECT to_regclass('left_behind') AS it`)).rows).toEqual([{ it: null }]);
    expect((await run(['db:init', ...named()])).output).toContain('tenants 3');
  });

  it('push a new tenant table with its walls, and leave the way back to db:reset', async () => {
    const connection = { connectionString: database.migratorUrl };
    const options = { folder: migrationsFolder(), invariants: () => Promise.resolve([]) };
    const memos = tenantTable('memos', { title: text('title') });
    const later = tenantTable('memos', { title: text('title'), body: text('body') });
    expect((await pushSchema(connection, { ...schema, memos }, options)).join('\n')).toContain('memos_floor');
    expect(
      await pushSchema(connection, { ...schema, later }, { ...options, invariants: isolationInvariants }),
    ).toEqual([
      'ALTER TABLE "memos" ADD COLUMN "body" text;',
      'GRANT UPDATE ("body") ON "memos" TO rowhouse_app;',
    ]);
    expect(await pushSchema(connection, { ...schema, later }, options)).toEqual([]);
    await expect(migrate(connection)).rejects.toMatchObject({
      exitCode: 4,
      details: { remedy: expect.stringContaining('npm run db:reset') },
    });
    expect((await run(['db:reset', ...named()])).code).toBe(0);
  });

  it('push nothing where a wall would be broken', async () => {
    const connection = { connectionString: database.migratorUrl };
    const memos = tenantTable('memos', { title: text('title') });
    const push = pushSchema(
      connection,
      { ...schema, memos },
      {
        folder: migrationsFolder(),
        invariants: () => Promise.resolve(['a wall is open']),
      },
    );
    await expect(push).rejects.toMatchObject({ exitCode: 8, message: 'a wall is open' });
    expect((await database.query(`SELECT to_regclass('memos') AS it`)).rows).toEqual([{ it: null }]);
  });

  describe('take for disposable', () => {
    const target: Target = {
      database: 'rowhouse',
      host: 'db.example.com',
      isProduction: false,
      isEmbedded: false,
      typedName: undefined,
    };
    it.each([
      ['rowhouse_dev', {}, undefined],
      ['rowhouse_test', {}, undefined],
      ['rowhouse-development', {}, undefined],
      ['dev', {}, undefined],
      ['rowhouse', { isEmbedded: true }, undefined],
      ['rowhouse', { typedName: 'rowhouse' }, undefined],
      ['rowhouse', {}, 3],
      ['rowhouse', { typedName: 'Rowhouse' }, 3],
      ['latest', {}, 3],
      ['contest', {}, 3],
      ['rowhouse_dev_backup', {}, 3],
      ['rowhouse_dev', { isProduction: true }, 2],
      ['rowhouse', { isProduction: true, isEmbedded: true, typedName: 'rowhouse' }, 2],
    ])('%s with %j: %s', (name, more, code) => {
      expect(refusalOf({ ...target, database: name, ...more }, 'empties')?.exitCode).toBe(code);
    });
  });
});
