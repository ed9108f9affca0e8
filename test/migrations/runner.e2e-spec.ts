import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator';
import {
  ExitCode,
  migrate,
  type MigrateOptions,
  type MigrationEvent,
  migrationStatus,
  withClient,
} from '../../src/migrations/index.js';
import { createEmptyDatabase, type EmptyDatabase, shortSum, StepFolder } from '../support/migrations.js';

describe('the migration runner', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  const databases: EmptyDatabase[] = [];
  beforeEach(async () => {
    database = await createEmptyDatabase();
    databases.push(database);
    folder = await StepFolder.create({
      '0000_a': 'CREATE TABLE a (id int);',
      '0001_b': 'CREATE TABLE b (id int);',
    });
  });
  afterEach(() => folder.remove());
  afterAll(() => Promise.all(databases.map((one) => one.drop())));

  const run = (options: MigrateOptions = {}) =>
    migrate({ connectionString: database.migratorUrl }, { folder: folder.path, ...options });
  const drizzleRun = (url = database.adminUrl) =>
    withClient({ connectionString: url }, (client) =>
      drizzleMigrate(drizzle(client), { migrationsFolder: folder.path }),
    );
  const tables = async () =>
    (
      await database.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
      )
    ).rows.map(({ name }) => name);
  const states = async () =>
    (await database.query(`SELECT tag, state, statements_done AS done FROM rowhouse.migrations ORDER BY tag`))
      .rows;

  it('applies each step once, with its row in both ledgers, and owned by rowhouse_owner', async () => {
    expect(await run()).toEqual({ applied: ['0000_a', '0001_b'] });
    expect(await run()).toEqual({ applied: [] });
    expect(await tables()).toEqual(['a', 'b']);
    const { rows } = await database.query(
      `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('public', 'rowhouse', 'drizzle')`,
    );
    expect(rows).toEqual([{ owner: 'rowhouse_owner' }]);
    // drizzle-kit finds nothing left to do.
    await drizzleRun();
    expect((await database.query('SELECT id FROM drizzle.__drizzle_migrations')).rowCount).toBe(2);
  });

  describe('does right what drizzle’s own migrator does wrong', () => {
    it('a step merged late with an older "when" is applied, not skipped in silence', async () => {
      await run();
      await folder.add('0002_late', 'CREATE TABLE late (id int);', { when: 1 });
      await drizzleRun();
      expect(await tables()).not.toContain('late');
      expect(await run()).toEqual({ applied: ['0002_late'] });
    });

    it('a step merged before applied ones is refused, and run on demand', async () => {
      await run();
      await folder.add('0000_late', 'CREATE TABLE late (id int);', { index: 0 });
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        message: expect.stringContaining('0000_late is not applied, but a later step of the journal is'),
        details: { remedy: expect.stringContaining('--out-of-order') },
      });
      expect(await run({ allowOutOfOrder: true })).toEqual({ applied: ['0000_late'] });
    });

    it('an edited applied file is noticed', async () => {
      await run();
      await folder.write('0000_a', 'CREATE TABLE a (id bigint);');
      await drizzleRun();
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        details: { tag: '0000_a', file: '0000_a.sql', remedy: expect.stringContaining('db:repair') },
      });
    });

    it('line ends alone are no edit', async () => {
      await folder.write('0000_a', 'CREATE TABLE a (\n  id int\n);\n');
      await run();
      await folder.write('0000_a', 'CREATE TABLE a (\r\n  id int\r\n);\r\n');
      expect(await run()).toEqual({ applied: [] });
    });

    it('a SQL file missing from the journal is not ignored', async () => {
      await folder.write('0002_orphan', 'CREATE TABLE orphan (id int);');
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        details: { tag: '0002_orphan' },
      });
      expect(await tables()).toEqual([]);
    });

    it('a file missing from the folder stops everything, also where it is applied', async () => {
      await run();
      await rm(join(folder.path, '0000_a.sql'));
      await expect(run()).rejects.toMatchObject({ exitCode: ExitCode.INTEGRITY, details: { tag: '0000_a' } });
    });

    it('a database ahead of the code is refused, and stays ready', async () => {
      await run();
      const older = await StepFolder.create({ '0000_a': 'CREATE TABLE a (id int);' });
      await expect(run({ folder: older.path })).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        message: expect.stringContaining('the database is ahead of the code'),
      });
      const status = await withClient({ connectionString: database.controlUrl }, (client) =>
        migrationStatus((text, values) => client.query(text, values), older.path),
      );
      expect(status).toEqual({ pending: [] });
      await older.remove();
    });

    it('a "when" in the future blocks no later step', async () => {
      await folder.add('0002_future', 'CREATE TABLE future (id int);', { when: Date.now() + 1e12 });
      await folder.add('0003_now', 'CREATE TABLE now (id int);', { when: Date.now() });
      await run();
      expect(await tables()).toEqual(['a', 'b', 'future', 'now']);
    });

    it('COMMIT inside a file is refused before anything runs', async () => {
      await folder.add('0002_commit', 'CREATE TABLE c (id int);\nCOMMIT;\nSELECT 1/0;');
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.SQL_ERROR,
        details: { tag: '0002_commit', statement: 2, position: { line: 2, column: 1 } },
      });
      expect(await tables()).toEqual([]);
    });

    it('SET without LOCAL does not reach the next step', async () => {
      await folder.add(
        '0002_set',
        'SET search_path = pg_catalog; SET ROLE rowhouse_owner; SET row_security = on;',
      );
      await folder.add(
        '0003_read',
        "CREATE TABLE seen AS SELECT current_setting('search_path') AS path, current_user::text AS who, current_setting('row_security') AS rls;",
      );
      await run();
      const { rows } = await database.query('SELECT * FROM public.seen');
      expect(rows).toEqual([{ path: '"$user", public', who: 'rowhouse_migrator', rls: 'off' }]);
    });

    it('the steps before a failing one stay applied; the failing one leaves nothing', async () => {
      await folder.add('0002_half', 'CREATE TABLE half (id int);\n\nINSERT INTO half\n  VALUES (1/0);');
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.SQL_ERROR,
        message: 'division by zero',
        details: { tag: '0002_half', statement: 2, file: '0002_half.sql', sqlState: '22012' },
      });
      expect(await tables()).toEqual(['a', 'b']);
      expect(await states()).toContainEqual({ tag: '0002_half', state: 'failed', done: 0 });
      await folder.write('0002_half', 'CREATE TABLE half (id int);');
      expect(await run()).toEqual({ applied: ['0002_half'] });
      expect(await states()).toContainEqual({ tag: '0002_half', state: 'applied', done: 1 });
    });

    it('a step that drizzle-kit applied beside us is not applied again', async () => {
      await run();
      await folder.add('0002_c', 'CREATE TABLE c (id int);');
      await drizzleRun();
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        details: { tag: '0002_c', remedy: expect.stringContaining('db:adopt') },
      });
    });

    it('a database that only drizzle migrated must be adopted first', async () => {
      await drizzleRun(database.migratorUrl);
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        details: { remedy: expect.stringContaining('npm run db:adopt') },
      });
    });

    it('a database that another login migrated tells how to hand it over', async () => {
      await drizzleRun();
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.USAGE,
        message: expect.stringContaining('permission denied for schema drizzle'),
        details: { remedy: expect.stringContaining('OWNER TO rowhouse_owner') },
      });
    });
  });

  it('tells the place of an error within a statement, in characters', async () => {
    await folder.add('0002_place', "SELECT 'ü😀';\nSELECT id,\n  'ü😀' || nowhere\nFROM a;");
    await expect(run()).rejects.toMatchObject({
      message: 'column "nowhere" does not exist',
      details: { statement: 2, position: { line: 3, column: 11 }, sqlState: '42703' },
    });
  });

  it('runs nothing of a batch with a syntax error in its last file', async () => {
    await folder.add('0002_typo', 'CREATE TABLE c (id int);\n  ALTER TABL c;');
    await expect(run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      details: { tag: '0002_typo', position: { line: 2, column: 9 } },
    });
    expect(await tables()).toEqual([]);
  });

  it('finds deferred violations at the commit, and leaves nothing', async () => {
    await folder.add(
      '0002_ok',
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);',
    );
    await folder.add('0003_bad', 'INSERT INTO c VALUES (7);');
    await expect(run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      details: { tag: '0003_bad', sqlState: '23503' },
    });
    expect(await states()).toContainEqual({ tag: '0003_bad', state: 'failed', done: 0 });
  });

  it('is not fooled by row security: a backfill changes every row, a foreign key sees every orphan', async () => {
    await folder.add(
      '0002_rls',
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int, done boolean);
       INSERT INTO c VALUES (1), (2);
       ALTER TABLE c ENABLE ROW LEVEL SECURITY; ALTER TABLE c FORCE ROW LEVEL SECURITY;
       ALTER TABLE p ENABLE ROW LEVEL SECURITY; ALTER TABLE p FORCE ROW LEVEL SECURITY;`,
    );
    await folder.add('0003_backfill', 'UPDATE c SET done = true;');
    await run();
    expect((await database.query('SELECT 1 FROM c WHERE done')).rowCount).toBe(2);
    await folder.add('0004_fk', 'ALTER TABLE c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES p;');
    await expect(run()).rejects.toMatchObject({ details: { tag: '0004_fk', sqlState: '23503' } });
    // The owner without BYPASSRLS, as a migrator of drizzle's would be, is fooled by both.
    const owner = new Client({ connectionString: database.adminUrl });
    await owner.connect();
    await owner.query('SET ROLE rowhouse_owner');
    expect((await owner.query('UPDATE c SET done = false')).rowCount).toBe(0);
    await owner.query('ALTER TABLE c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES p');
    await owner.end();
  });

  describe('isolation invariants', () => {
    const noTableBad: NonNullable<MigrateOptions['invariants']> = async (query) =>
      (await query(`SELECT 1 FROM pg_class WHERE relname = 'bad'`)).rows.length > 0
        ? ['Table bad has no wall']
        : [];

    it('are checked before the last step is committed: broken, it is not', async () => {
      await folder.add('0002_bad', 'CREATE TABLE bad (id int);');
      await expect(run({ invariants: noTableBad })).rejects.toMatchObject({
        exitCode: ExitCode.ISOLATION_BROKEN,
        message: expect.stringContaining('- Table bad has no wall'),
        details: { tag: '0002_bad' },
      });
      expect(await tables()).toEqual(['a', 'b']);
    });

    it('are checked where nothing is pending, since a wall may have been broken by hand', async () => {
      await run({ invariants: noTableBad });
      await database.query('CREATE TABLE bad (id int)');
      await expect(run({ invariants: noTableBad })).rejects.toMatchObject({
        exitCode: ExitCode.ISOLATION_BROKEN,
      });
    });

    it('a step may break a wall that a later step of the same run mends', async () => {
      await folder.add('0002_bad', 'CREATE TABLE bad (id int);');
      await folder.add('0003_good', 'ALTER TABLE bad RENAME TO good;');
      expect((await run({ invariants: noTableBad })).applied).toHaveLength(4);
    });
  });

  describe('two keys', () => {
    const drop = 'DROP TABLE a;';
    const key = `0002_drop:${shortSum(drop)}`;
    const finding = {
      rule: 'drop-table',
      severity: 'critical' as const,
      file: '0002_drop.sql',
      tag: '0002_drop',
      statement: 1,
      position: { line: 1, column: 1 },
      object: 'a',
      message: 'Drops table a',
      accepted: 'nobody reads it',
    };
    beforeEach(async () => {
      await run();
      await database.query('INSERT INTO a VALUES (1), (2), (3)');
      await folder.add('0002_drop', drop);
      await folder.add('0003_later', 'CREATE TABLE later (id int);');
    });
    const criticalFindings = async () => [finding];

    it('without the run-time key nothing of the batch runs, and the rows that would be lost are told', async () => {
      await expect(run({ criticalFindings })).rejects.toMatchObject({
        exitCode: ExitCode.CONFIRMATION_NEEDED,
        message: expect.stringContaining('0002_drop.sql:1:1: Drops table a (3 rows)'),
        details: { remedy: expect.stringContaining(`--confirm=${key}`) },
      });
      expect(await tables()).toEqual(['a', 'b']);
    });

    it('the key of another version of the file does not fit', async () => {
      await expect(run({ criticalFindings, confirm: ['0002_drop:00000000'] })).rejects.toMatchObject({
        exitCode: ExitCode.CONFIRMATION_NEEDED,
        message: expect.stringContaining('of another version'),
      });
    });

    it('without the key in the file the run-time key is not enough', async () => {
      const { accepted: _, ...unmarked } = finding;
      await expect(run({ criticalFindings: async () => [unmarked], confirm: [key] })).rejects.toMatchObject({
        exitCode: ExitCode.CONFIRMATION_NEEDED,
        details: { remedy: expect.stringContaining('-- rowhouse:confirm drop-table a reason="..."') },
      });
    });

    it('with both it runs, and the ledger keeps the key', async () => {
      await run({ criticalFindings, confirm: [key] });
      expect(await tables()).toEqual(['b', 'later']);
      const { rows } = await database.query(
        `SELECT confirmation FROM rowhouse.migrations WHERE tag = '0002_drop'`,
      );
      expect(rows).toEqual([{ confirmation: key }]);
    });

    it.each([
      ['a', true],
      ['b', false],
    ])('at a terminal the name of the object is typed: %s', async (answer, isRun) => {
      const questions: string[] = [];
      const ask = async (question: string) => {
        questions.push(question);
        return `${answer}\n`;
      };
      const result = run({ criticalFindings, ask });
      if (isRun) expect((await result).applied).toEqual(['0002_drop', '0003_later']);
      else await expect(result).rejects.toMatchObject({ exitCode: ExitCode.CONFIRMATION_NEEDED });
      expect(questions).toEqual([expect.stringContaining('3 rows')]);
    });
  });

  it('assert-empty stops a step while the table has rows', async () => {
    await run();
    await database.query('INSERT INTO a VALUES (1)');
    await folder.add('0002_empty', '-- rowhouse:assert-empty a\nDROP TABLE a;');
    await expect(run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      message: 'The step expects a to be empty, and a has 1 row',
      details: { position: { line: 1, column: 1 } },
    });
    await database.query('DELETE FROM a');
    expect(await run()).toEqual({ applied: ['0002_empty'] });
  });

  describe('steps without a transaction', () => {
    const concurrently = (name: string, table = 'a') => `CREATE INDEX CONCURRENTLY ${name} ON ${table} (id);`;
    const indexes = async () =>
      (
        await database.query(
          `SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index
            WHERE indrelid IN ('a'::regclass, 'b'::regclass) ORDER BY 1`,
        )
      ).rows;

    it('run statement by statement, and resume behind the last that is done', async () => {
      await folder.add(
        '0002_concurrent',
        `-- rowhouse:no-transaction\n${concurrently('i')}\nINSERT INTO a VALUES (1);\nALTER TABLE b ADD COLUMN n int;\nSELECT 1/0;`,
      );
      await expect(run()).rejects.toMatchObject({
        details: { statement: 4, position: { line: 5, column: 1 } },
      });
      expect(await states()).toContainEqual({ tag: '0002_concurrent', state: 'failed', done: 3 });
      await folder.write(
        '0002_concurrent',
        `-- rowhouse:no-transaction\n${concurrently('i')}\nINSERT INTO a VALUES (1);\nALTER TABLE b ADD COLUMN n int;\nSELECT 1;`,
      );
      const events: MigrationEvent[] = [];
      expect(await run({ onEvent: (event) => events.push(event) })).toEqual({ applied: ['0002_concurrent'] });
      expect(events).toContainEqual(expect.objectContaining({ kind: 'step-started', resumedAt: 4 }));
      expect((await database.query('SELECT 1 FROM a')).rowCount).toBe(1);
      expect(await indexes()).toEqual([{ name: 'i', valid: true }]);
    });

    it('do not resume where a statement that is done was changed', async () => {
      await folder.add('0002_c', `-- rowhouse:no-transaction\n${concurrently('i')}\nSELECT 1/0;`);
      await expect(run()).rejects.toMatchObject({ exitCode: ExitCode.SQL_ERROR });
      await folder.write('0002_c', `-- rowhouse:no-transaction\n${concurrently('j')}\nSELECT 1;`);
      await expect(run()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        message: expect.stringContaining('statement 1, which is done, was changed'),
      });
    });

    it('drop an INVALID index first, which IF NOT EXISTS would hide', async () => {
      await run();
      await database.query('INSERT INTO a VALUES (1), (1)');
      await expect(database.query('CREATE UNIQUE INDEX CONCURRENTLY i ON a (id)')).rejects.toThrow(
        'could not create',
      );
      expect(await indexes()).toEqual([{ name: 'i', valid: false }]);
      await folder.add(
        '0002_c',
        '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id);',
      );
      const events: MigrationEvent[] = [];
      await run({ onEvent: (event) => events.push(event) });
      expect(events).toContainEqual({ kind: 'index-dropped', tag: '0002_c', index: 'public.i' });
      expect(await indexes()).toEqual([{ name: 'i', valid: true }]);
    });

    it('a transactional CREATE INDEX IF NOT EXISTS is refused over an INVALID index', async () => {
      await run();
      await database.query('INSERT INTO a VALUES (1), (1)');
      await expect(database.query('CREATE UNIQUE INDEX CONCURRENTLY i ON a (id)')).rejects.toThrow(
        'could not create',
      );
      await folder.add('0002_c', 'CREATE INDEX IF NOT EXISTS i ON a (id);');
      await expect(run()).rejects.toMatchObject({
        message: expect.stringContaining('public.i is there but INVALID'),
        details: { remedy: expect.stringContaining('DROP INDEX CONCURRENTLY public.i') },
      });
    });

    it('a valid index that was there before is an error, also the second time', async () => {
      await run();
      await database.query('CREATE INDEX i ON a (id)');
      await folder.add('0002_c', `-- rowhouse:no-transaction\n${concurrently('i')}`);
      for (let time = 0; time < 2; time += 1)
        await expect(run()).rejects.toMatchObject({ details: { sqlState: '42P07' } });
    });

    it('a unique violation names the index that it leaves, and the next run removes it', async () => {
      await run();
      await database.query('INSERT INTO a VALUES (1), (1)');
      await folder.add('0002_c', '-- rowhouse:no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY i ON a (id);');
      await expect(run()).rejects.toMatchObject({
        details: { sqlState: '23505', hint: expect.stringContaining('INVALID; the next run drops it first') },
      });
      await database.query('DELETE FROM a');
      await run();
      expect(await indexes()).toEqual([{ name: 'i', valid: true }]);
    });

    it('removes what a killed REINDEX CONCURRENTLY left', async () => {
      await folder.add('0002_i', 'CREATE INDEX i ON a (id);');
      await run();
      // What such a kill leaves: an invalid index beside the valid one.
      await database.query('CREATE INDEX i_ccnew ON a (id)');
      await database.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i_ccnew'::regclass`);
      await folder.add('0003_c', '-- rowhouse:no-transaction\nREINDEX INDEX CONCURRENTLY i;');
      await run();
      expect(await indexes()).toEqual([{ name: 'i', valid: true }]);
    });
  });
});
