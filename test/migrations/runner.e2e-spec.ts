import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ExitCode, migrate, type MigrateOptions } from '../../src/migrations/index.js';
import { MigrationSuite } from '../support/migration-suite.js';

describe('the migration runner', () => {
  const suite = new MigrationSuite();

  it('applies each step once, with its row in both ledgers, and owned by rowhouse_owner', async () => {
    expect(await suite.run()).toEqual({ applied: ['0000_a', '0001_b'] });
    expect(await suite.run()).toEqual({ applied: [] });
    expect(await suite.tables()).toEqual(['a', 'b']);
    const { rows } = await suite.database.query(
      `SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('public', 'rowhouse', 'drizzle')`,
    );
    expect(rows).toEqual([{ owner: 'rowhouse_owner' }]);
    // drizzle-kit finds nothing left to do.
    await suite.drizzleRun();
    expect((await suite.database.query('SELECT id FROM drizzle.__drizzle_migrations')).rowCount).toBe(2);
  });

  it('runs a step that holds the same text as an applied one, and knows the two apart', async () => {
    const fill = 'INSERT INTO a VALUES (1);';
    await suite.folder.add('0002_fill', fill);
    await suite.run();
    await suite.folder.add('0003_fill', fill);
    expect((await suite.run()).applied).toEqual(['0003_fill']);
    expect((await suite.run()).applied).toEqual([]);
    expect((await suite.database.query('SELECT FROM a')).rowCount).toBe(2);
  });

  it('refuses any other login, whose tables would not be handed over', async () => {
    await expect(
      migrate({ connectionString: suite.database.adminUrl }, { folder: suite.folder.path }),
    ).rejects.toMatchObject({
      exitCode: ExitCode.USAGE,
      message: expect.stringContaining('this is postgres'),
    });
    expect(await suite.tables()).toEqual([]);
  });

  it('tells the place of an error within a statement, in characters', async () => {
    await suite.folder.add('0002_place', "SELECT 'ü😀';\nSELECT id,\n  'ü😀' || nowhere\nFROM a;");
    await expect(suite.run()).rejects.toMatchObject({
      message: 'column "nowhere" does not exist',
      details: { statement: 2, position: { line: 3, column: 11 }, sqlState: '42703' },
    });
  });

  it('runs nothing of a batch with a syntax error in its last file', async () => {
    await suite.folder.add('0002_typo', 'CREATE TABLE c (id int);\n  ALTER TABL c;');
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      details: { tag: '0002_typo', position: { line: 2, column: 9 } },
    });
    expect(await suite.tables()).toEqual([]);
  });

  it('finds deferred violations at the commit, and leaves nothing', async () => {
    await suite.folder.add(
      '0002_ok',
      'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p DEFERRABLE INITIALLY DEFERRED);',
    );
    await suite.folder.add('0003_bad', 'INSERT INTO c VALUES (7);');
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      details: { tag: '0003_bad', sqlState: '23503' },
    });
    expect(await suite.states()).toContainEqual({ tag: '0003_bad', state: 'failed', done: 0 });
  });

  it('is not fooled by row security: a backfill changes every row, a foreign key sees every orphan', async () => {
    await suite.folder.add(
      '0002_rls',
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int, done boolean);
       INSERT INTO c VALUES (1), (2);
       ALTER TABLE c ENABLE ROW LEVEL SECURITY; ALTER TABLE c FORCE ROW LEVEL SECURITY;
       ALTER TABLE p ENABLE ROW LEVEL SECURITY; ALTER TABLE p FORCE ROW LEVEL SECURITY;`,
    );
    await suite.folder.add('0003_backfill', 'UPDATE c SET done = true;');
    await suite.run();
    expect((await suite.database.query('SELECT 1 FROM c WHERE done')).rowCount).toBe(2);
    await suite.folder.add('0004_fk', 'ALTER TABLE c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES p;');
    await expect(suite.run()).rejects.toMatchObject({ details: { tag: '0004_fk', sqlState: '23503' } });
    // The owner without BYPASSRLS, as a migrator of drizzle's would be, is fooled by both.
    const owner = new Client({ connectionString: suite.database.adminUrl });
    await owner.connect();
    await owner.query('SET ROLE rowhouse_owner');
    expect((await owner.query('UPDATE c SET done = false')).rowCount).toBe(0);
    await owner.query('ALTER TABLE c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES p');
    await owner.end();
  });

  it('assert-empty stops a step while the table has rows', async () => {
    await suite.run();
    await suite.database.query('INSERT INTO a VALUES (1)');
    await suite.folder.add('0002_empty', '-- rowhouse:assert-empty a\nDROP TABLE a;');
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      message: 'The step expects a to be empty, and a has 1 row',
      details: { position: { line: 1, column: 1 } },
    });
    await suite.database.query('DELETE FROM a');
    expect(await suite.run()).toEqual({ applied: ['0002_empty'] });
  });

  describe('isolation invariants', () => {
    const noTableBad: NonNullable<MigrateOptions['invariants']> = async (query) =>
      (await query(`SELECT 1 FROM pg_class WHERE relname = 'bad'`)).rows.length > 0
        ? ['Table bad has no wall']
        : [];

    it('are checked before the last step is committed: broken, it is not', async () => {
      await suite.folder.add('0002_bad', 'CREATE TABLE bad (id int);');
      await expect(suite.run({ invariants: noTableBad })).rejects.toMatchObject({
        exitCode: ExitCode.ISOLATION_BROKEN,
        message: expect.stringContaining('- Table bad has no wall'),
        details: { tag: '0002_bad' },
      });
      expect(await suite.tables()).toEqual(['a', 'b']);
    });

    it('are checked where nothing is pending, since a wall may have been broken by hand', async () => {
      await suite.run({ invariants: noTableBad });
      await suite.database.query('CREATE TABLE bad (id int)');
      await expect(suite.run({ invariants: noTableBad })).rejects.toMatchObject({
        exitCode: ExitCode.ISOLATION_BROKEN,
      });
    });

    it('are told where a step broke a wall and a later one fails', async () => {
      await suite.folder.add('0002_bad', 'CREATE TABLE bad (id int);');
      await suite.folder.add('0003_fails', 'ALTER TABLE bad RENAME TO good; SELECT 1 / 0;');
      await expect(suite.run({ invariants: noTableBad })).rejects.toMatchObject({
        exitCode: ExitCode.ISOLATION_BROKEN,
        message: expect.stringMatching(/division by zero[^]*- Table bad has no wall/),
        details: { tag: '0003_fails' },
      });
    });

    it('a step may break a wall that a later step of the same run mends', async () => {
      await suite.folder.add('0002_bad', 'CREATE TABLE bad (id int);');
      await suite.folder.add('0003_good', 'ALTER TABLE bad RENAME TO good;');
      expect((await suite.run({ invariants: noTableBad })).applied).toHaveLength(4);
    });
  });
});
