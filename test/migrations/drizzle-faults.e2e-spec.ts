import { describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, migrationStatus, withClient } from '../../src/migrations/index.js';
import { MigrationSuite } from '../support/migration-suite.js';
import { StepFolder } from '../support/migrations.js';

describe('what drizzle’s own migrator does wrong, this one does right', () => {
  const suite = new MigrationSuite();

  it('a step merged late with an older "when" is applied, not skipped in silence', async () => {
    await suite.run();
    await suite.folder.add('0002_late', 'CREATE TABLE late (id int);', { when: 1 });
    await suite.drizzleRun();
    expect(await suite.tables()).not.toContain('late');
    expect(await suite.run()).toEqual({ applied: ['0002_late'] });
  });

  it('a step merged before applied ones is refused, and run on demand', async () => {
    await suite.run();
    await suite.folder.add('0000_late', 'CREATE TABLE late (id int);', { index: 0 });
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      message: expect.stringContaining('0000_late is not applied, but a later step of the journal is'),
      details: { remedy: expect.stringContaining('--out-of-order') },
    });
    expect(await suite.run({ allowOutOfOrder: true })).toEqual({ applied: ['0000_late'] });
  });

  it('an edited applied file is noticed', async () => {
    await suite.run();
    await suite.folder.write('0000_a', 'CREATE TABLE a (id bigint);');
    await suite.drizzleRun();
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      details: { tag: '0000_a', file: '0000_a.sql', remedy: expect.stringContaining('db:repair') },
    });
  });

  it('line ends alone are no edit', async () => {
    await suite.folder.write('0000_a', 'CREATE TABLE a (\n  id int\n);\n');
    await suite.run();
    await suite.folder.write('0000_a', 'CREATE TABLE a (\r\n  id int\r\n);\r\n');
    expect(await suite.run()).toEqual({ applied: [] });
  });

  it('a SQL file missing from the journal is not ignored', async () => {
    await suite.folder.write('0002_orphan', 'CREATE TABLE orphan (id int);');
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      details: { tag: '0002_orphan' },
    });
    expect(await suite.tables()).toEqual([]);
  });

  it('a file missing from the folder stops everything, also where it is applied', async () => {
    await suite.run();
    await rm(join(suite.folder.path, '0000_a.sql'));
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      details: { tag: '0000_a' },
    });
  });

  it('a database ahead of the code is refused, and stays ready', async () => {
    await suite.run();
    const older = await StepFolder.create({ '0000_a': 'CREATE TABLE a (id int);' });
    await expect(suite.run({ folder: older.path })).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      message: expect.stringContaining('the database is ahead of the code'),
    });
    const status = await withClient({ connectionString: suite.database.controlUrl }, (client) =>
      migrationStatus((text, values) => client.query(text, values), older.path),
    );
    expect(status).toEqual({ pending: [], unknown: ['0001_b'] });
    await older.remove();
  });

  it('a "when" in the future blocks no later step', async () => {
    await suite.folder.add('0002_future', 'CREATE TABLE future (id int);', { when: Date.now() + 1e12 });
    await suite.folder.add('0003_now', 'CREATE TABLE now (id int);', { when: Date.now() });
    await suite.run();
    expect(await suite.tables()).toEqual(['a', 'b', 'future', 'now']);
  });

  it('COMMIT inside a file is refused before anything runs', async () => {
    await suite.folder.add('0002_commit', 'CREATE TABLE c (id int);\nCOMMIT;\nSELECT 1/0;');
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      details: { tag: '0002_commit', statement: 2, position: { line: 2, column: 1 } },
    });
    expect(await suite.tables()).toEqual([]);
  });

  it('SET without LOCAL does not reach the next step', async () => {
    await suite.folder.add(
      '0002_set',
      'SET search_path = pg_catalog; SET ROLE rowhouse_owner; SET row_security = on; SET work_mem = 78848;',
    );
    await suite.folder.add(
      '0003_read',
      "CREATE TABLE seen AS SELECT current_setting('search_path') AS path, current_user::text AS who, current_setting('row_security') AS rls, current_setting('work_mem') AS memory;",
    );
    await suite.run();
    const { rows } = await suite.database.query('SELECT * FROM public.seen');
    expect(rows).toEqual([{ path: '"$user", public', who: 'rowhouse_migrator', rls: 'off', memory: '4MB' }]);
  });

  it('the steps before a failing one stay applied; the failing one leaves nothing', async () => {
    await suite.folder.add('0002_half', 'CREATE TABLE half (id int);\n\nINSERT INTO half\n  VALUES (1/0);');
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      message: 'division by zero',
      details: { tag: '0002_half', statement: 2, file: '0002_half.sql', sqlState: '22012' },
    });
    expect(await suite.tables()).toEqual(['a', 'b']);
    expect(await suite.states()).toContainEqual({ tag: '0002_half', state: 'failed', done: 0 });
    await suite.folder.write('0002_half', 'CREATE TABLE half (id int);');
    expect(await suite.run()).toEqual({ applied: ['0002_half'] });
    expect(await suite.states()).toContainEqual({ tag: '0002_half', state: 'applied', done: 1 });
  });

  it('a step that drizzle-kit applied beside us is not applied again', async () => {
    await suite.run();
    await suite.folder.add('0002_c', 'CREATE TABLE c (id int);');
    await suite.drizzleRun();
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      details: { tag: '0002_c', remedy: expect.stringContaining('db:adopt') },
    });
  });

  it('a database that only drizzle migrated must be adopted first', async () => {
    await suite.drizzleRun(suite.database.migratorUrl);
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      details: { remedy: expect.stringContaining('npm run db:adopt') },
    });
  });

  it('a database that another login migrated tells how to hand it over', async () => {
    await suite.drizzleRun();
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.USAGE,
      message: expect.stringContaining('permission denied for schema drizzle'),
      details: { remedy: expect.stringContaining('OWNER TO rowhouse_owner') },
    });
  });
});
