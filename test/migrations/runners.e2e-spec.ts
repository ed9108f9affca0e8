import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { ExitCode } from '../../src/migrations/index.js';
import { CliProject } from '../support/cli-project.js';
import { eventually } from '../support/eventually.js';
import { MigrationSuite } from '../support/migration-suite.js';

describe('db:migrate as a process', () => {
  const suite = new MigrationSuite();
  let project: CliProject;
  beforeAll(async () => {
    project = await CliProject.create();
  });
  afterAll(() => project.remove());
  beforeEach(() => project.use(suite.folder.path));

  const start = (...args: string[]) => project.start(suite.database.migratorUrl, 'db:migrate', ...args);
  const advisoryLocks = async () =>
    (
      await suite.database.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
    ).rowCount;

  it.each([2, 4])('%i at once: each step is applied exactly once, and all end with 0', async (runners) => {
    await suite.folder.add('0002_count', 'CREATE TABLE counted (id int);');
    for (let n = 3; n < 7; n += 1)
      await suite.folder.add(`000${n}_insert`, `INSERT INTO counted VALUES (${n}); SELECT pg_sleep(0.05);`);
    await suite.folder.add(
      '0007_c',
      '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY i ON counted (id);',
    );
    const runs = Array.from({ length: runners }, () => start());
    for (const run of runs) expect([await run.exit, run.output]).toEqual([0, expect.any(String)]);
    const applied = runs.flatMap(({ output }) => output.match(/applied \w+/g) ?? []);
    expect(applied.sort()).toEqual(suite.folder.steps.map(({ tag }) => `applied ${tag}`).sort());
    const { rows } = await suite.database.query('SELECT id FROM counted ORDER BY id');
    expect(rows).toEqual([{ id: 3 }, { id: 4 }, { id: 5 }, { id: 6 }]);
  });

  it('a step that gives the lock away is not committed', async () => {
    await suite.folder.add('0002_unlock', 'INSERT INTO a VALUES (1); SELECT pg_advisory_unlock_all();');
    await expect(suite.run()).rejects.toMatchObject({ exitCode: ExitCode.LOCK_NOT_OBTAINED });
    expect((await suite.database.query('SELECT FROM a')).rowCount).toBe(0);
  });

  it('drizzle’s own migrator applies a step twice when two run at once', async () => {
    await suite.folder.write('0000_a', 'CREATE TABLE IF NOT EXISTS a (id int);');
    await suite.folder.write('0001_b', 'INSERT INTO a VALUES (1); SELECT pg_sleep(0.3);');
    await suite.drizzleRun(); // its own table exists, so that only the steps race
    await suite.database.query('DELETE FROM drizzle.__drizzle_migrations; DELETE FROM a');
    await Promise.all([suite.drizzleRun(), suite.drizzleRun()]);
    expect((await suite.database.query('SELECT 1 FROM a')).rowCount).toBe(2);
  });

  describe('a lock that an idle transaction holds', () => {
    let idle: Client;
    beforeEach(async () => {
      await suite.run();
      await suite.folder.add('0002_alter', 'ALTER TABLE a ADD COLUMN n int;');
      idle = new Client({ connectionString: suite.database.adminUrl, application_name: 'forgotten psql' });
      idle.on('error', () => undefined);
      await idle.connect();
      await idle.query('BEGIN; SELECT * FROM a');
    });

    it('is tried again, its holder is named, and the step is applied when it ends', async () => {
      const run = start();
      await eventually(() => expect(run.output).toContain('rolled back; attempt 2'), 15_000);
      expect(run.output).toMatch(
        /0002_alter, statement 1: blocked by pid \d+, user postgres, application "forgotten psql", idle in transaction, last statement \d+\.\d s ago, transaction open for \d+\.\d s/,
      );
      // Between two attempts nobody waits behind us.
      await idle.query('COMMIT');
      expect([await run.exit, run.output]).toEqual([0, expect.stringContaining('applied 0002_alter')]);
      await idle.end();
    });

    it('at the deadline the run ends with 5, and says how to end the holder', async () => {
      const run = start('--lock-timeout', '1');
      expect(await run.exit).toBe(5);
      expect(run.output).toMatch(/0002_alter, statement 1, 0002_alter\.sql:1:1:\nA lock was not obtained/);
      expect(run.output).toMatch(/Blocked by pid \d+.*\nHint: SELECT pg_terminate_backend\(\d+\)/);
      await idle.end();
      expect(await suite.states()).not.toContainEqual(expect.objectContaining({ tag: '0002_alter' }));
    });
  });

  it('a second run waits for the first, and ends with 5 at the deadline', async () => {
    await suite.folder.add('0002_slow', 'SELECT pg_sleep(60);');
    const first = start();
    await eventually(() => expect(first.output).toContain('applying 0002_slow'), 10_000);
    const second = start('--lock-timeout', '0.5');
    expect(await second.exit).toBe(5);
    expect(second.output).toMatch(/held by pid \d+, user rowhouse_migrator, application "rowhouse migrate"/);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(7);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: the step is rolled back, the lock is free, exit 7; the next run applies it',
    async (signal) => {
      await suite.folder.add('0002_slow', 'CREATE TABLE slow (id int);\nSELECT pg_sleep(60);');
      const run = start();
      await eventually(async () => {
        const { rowCount } = await suite.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
        );
        expect(rowCount).toBe(1);
      }, 10_000);
      run.child.kill(signal);
      if (signal === 'SIGINT') run.child.kill(signal); // npm and the terminal both pass a Ctrl-C on
      expect(await run.exit).toBe(7);
      expect(run.output).toContain('0002_slow, statement 2:\nInterrupted by a signal');
      expect(await suite.tables()).toEqual(['a', 'b']);
      expect(await advisoryLocks()).toBe(0);
      await suite.folder.write('0002_slow', 'CREATE TABLE slow (id int);');
      expect(await start().exit).toBe(0);
    },
  );

  it('SIGTERM inside a concurrent build: exit 7, and the next run resumes', async () => {
    await suite.run();
    await suite.folder.add('0002_c', '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);');
    const writer = new Client({ connectionString: suite.database.adminUrl });
    await writer.connect();
    await writer.query('BEGIN; INSERT INTO a VALUES (1)');
    const run = start();
    await eventually(() => expect(run.output).toContain('0002_c, statement 1: blocked by pid'), 10_000);
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(7);
    expect(await advisoryLocks()).toBe(0);
    await writer.query('COMMIT');
    await writer.end();
    expect(await start().exit).toBe(0);
    expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
  });

  it('an SQL error ends with 1 and the whole place; --json tells the same to machines', async () => {
    await suite.folder.add('0002_typo', 'SELECT 1;\n  SELECT nope FROM a;');
    const run = start();
    expect(await run.exit).toBe(1);
    expect(run.output).toContain(
      '0002_typo, statement 2, 0002_typo.sql:2:10:\ncolumn "nope" does not exist (SQLSTATE 42703)\nTo mend it: nothing of the step is left',
    );
    const machine = start('--json');
    expect(await machine.exit).toBe(1);
    expect(JSON.parse(machine.output)).toMatchObject({
      error: {
        exitCode: 1,
        tag: '0002_typo',
        statement: 2,
        position: { line: 2, column: 10 },
        sqlState: '42703',
        remedy: expect.any(String),
      },
    });
  });

  it('db:status --check ends with 6 while something is pending, with 4 where something is wrong', async () => {
    const url = suite.database.migratorUrl;
    expect(await project.finish(url, ['db:status', '--check'], 6)).toContain(
      '2 pending: run "npm run db:migrate"',
    );
    await project.finish(url, ['db:migrate']);
    expect(await project.finish(url, ['db:status', '--check'])).toMatch(
      /0000_a +applied +\S+ \S+ UTC +\d+ ms/,
    );
    await suite.folder.write('0000_a', 'CREATE TABLE a ();');
    expect(await project.finish(url, ['db:status', '--check'], 4)).toMatch(/0000_a +edited/);
    expect(await project.finish(url, ['db:migrate'], 4)).toContain('To mend it: restore it from git');
    expect(await project.finish(url, ['db:migrate', '--lock-timeout', 'soon'], 2)).toContain('takes seconds');
    expect(await project.finish(url, ['db:migrate', '--unknown'], 2)).toContain('unknown option');
  });
});
