import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CriticalFindings, ExitCode, migrate, rollback } from '../../src/migrations/index.js';
import { createEmptyDatabase, type EmptyDatabase, shortSum, StepFolder } from '../support/migrations.js';

const dropC = 'DROP TABLE c;';

describe('db:rollback', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  const databases: EmptyDatabase[] = [];
  beforeEach(async () => {
    database = await createEmptyDatabase();
    databases.push(database);
    folder = await StepFolder.create({
      '0000_a': 'CREATE TABLE a (id int);',
      '0001_b': 'CREATE TABLE b (id int);',
      '0002_c': 'CREATE TABLE c (id int);',
    });
    await folder.write('0001_b.down', 'DROP TABLE b;');
    await folder.write('0002_c.down', dropC);
    await migrate({ connectionString: database.migratorUrl }, { folder: folder.path });
  });
  afterEach(() => folder.remove());
  afterAll(() => Promise.all(databases.map((one) => one.drop())));

  /** Nothing needs a key here; whether it is asked for has a test of its own below. */
  const none = async () => [];
  const back = (options: Parameters<typeof rollback>[1] = {}) =>
    rollback(
      { connectionString: database.migratorUrl },
      { folder: folder.path, criticalFindings: none, ...options },
    );
  const forth = () => migrate({ connectionString: database.migratorUrl }, { folder: folder.path });
  const tables = async () =>
    (
      await database.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
      )
    ).rows.map(({ name }) => name);

  it('undoes the newest step, in both ledgers; db:migrate applies it again', async () => {
    expect(await back()).toEqual({ rolledBack: ['0002_c'] });
    expect(await tables()).toEqual(['a', 'b']);
    const { rows } = await database.query('SELECT state FROM rowhouse.migrations ORDER BY tag');
    expect(rows.map(({ state }) => state)).toEqual(['applied', 'applied', 'rolled_back']);
    expect((await database.query('SELECT 1 FROM drizzle.__drizzle_migrations')).rowCount).toBe(2);
    expect(await forth()).toEqual({ applied: ['0002_c'] });
    expect(await tables()).toEqual(['a', 'b', 'c']);
  });

  it('goes back several steps, newest first, or to a step that stays', async () => {
    expect(await back({ steps: 2 })).toEqual({ rolledBack: ['0002_c', '0001_b'] });
    await forth();
    expect(await back({ to: '0000_a' })).toEqual({ rolledBack: ['0002_c', '0001_b'] });
    expect(await back({ to: '0000_a' })).toEqual({ rolledBack: [] });
    expect(await tables()).toEqual(['a']);
  });

  const refusals: [string, string | undefined, string][] = [
    ['has no rollback file', undefined, '0000_a has no 0000_a.down.sql'],
    ['has an empty one', '-- Undoes the step.\n', '0000_a.down.sql holds no statement'],
    [
      'says that there is no way back',
      '-- rowhouse:irreversible reason="the sums are gone"\nSELECT 1;',
      '0000_a.down.sql, line 1, says that there is no way back: the sums are gone',
    ],
    ['has one that is no SQL', 'DROP TABEL a;', '0000_a.down.sql:1:6: syntax error at or near "TABEL"'],
  ];
  it.each(refusals)('runs none of the range where one step of it %s', async (_, text, message) => {
    if (text !== undefined) await folder.write('0000_a.down', text);
    await expect(back({ steps: 3 })).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      message: expect.stringContaining(`Nothing was run: ${message}`),
      details: { tag: '0000_a', remedy: expect.any(String) },
    });
    expect(await tables()).toEqual(['a', 'b', 'c']);
  });

  it('undoes a step of which nothing needs undoing, where its file says so', async () => {
    await folder.write('0002_c.down', '-- Nothing to undo: the table goes with the step before.\n');
    expect(await back()).toEqual({ rolledBack: ['0002_c'] });
  });

  it('leaves everything as it was where a statement fails, and says where', async () => {
    await folder.write('0001_b.down', 'DROP TABLE b;\nDROP TABLE nowhere;');
    await expect(back({ steps: 2 })).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      details: {
        tag: '0001_b',
        statement: 2,
        file: '0001_b.down.sql',
        position: { line: 2, column: 1 },
        sqlState: '42P01',
        remedy: expect.stringContaining('db:rollback'),
      },
    });
    expect(await tables()).toEqual(['a', 'b']);
    const { rows } = await database.query(`SELECT state FROM rowhouse.migrations WHERE tag = '0001_b'`);
    expect(rows).toEqual([{ state: 'applied' }]);
  });

  it('runs a rollback file that needs to be outside of a transaction', async () => {
    await folder.add('0003_i', '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY c_id ON c (id);');
    await folder.write('0003_i.down', '-- rowhouse:no-transaction\nDROP INDEX CONCURRENTLY c_id;');
    await forth();
    expect(await back()).toEqual({ rolledBack: ['0003_i'] });
    expect(await forth()).toEqual({ applied: ['0003_i'] });
  });

  it('refuses a range that is none, and a database that is ahead of the code', async () => {
    await expect(back({ steps: 4 })).rejects.toMatchObject({
      exitCode: ExitCode.USAGE,
      message: '4 steps cannot be rolled back: 3 are applied',
    });
    await expect(back({ to: '0009_x' })).rejects.toThrow('0009_x is not applied');
    folder.steps.pop();
    await folder.writeJournal();
    await expect(back()).rejects.toThrow('the database holds step 0002_c, which this code does not know');
  });

  it('asks for the key of a step that the linter was told to leave out, too', async () => {
    await writeFile(join(folder.path, 'lint.json'), '{ "startAfter": "0002_c" }');
    await expect(back({ criticalFindings: undefined })).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      message: expect.stringContaining('DROP of the table c'),
    });
  });

  it('knows what its step has made: a type that narrows again destroys', async () => {
    await folder.add('0003_wide', 'ALTER TABLE c ADD v varchar(5); ALTER TABLE c ALTER v TYPE text;');
    await forth();
    await folder.write('0003_wide.down', 'ALTER TABLE c ALTER v TYPE varchar(5) USING left(v, 5);');
    const column = { name: 'v', type: 'text', primaryKey: false, notNull: false };
    const known = { 'public.c': { name: 'c', schema: '', columns: { v: column } } };
    await writeFile(
      join(folder.path, 'meta', '0003_snapshot.json'),
      JSON.stringify({ id: 'b', prevId: 'a', tables: known, enums: {} }),
    );
    await expect(back({ criticalFindings: undefined })).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      message: expect.stringContaining('Not every text in c.v is a varchar(5)'),
    });
  });

  it('pulls nothing away below a step that failed half-way', async () => {
    await folder.add('0003_half', '-- rowhouse:no-transaction\nALTER TABLE c ADD d int;\nSELECT 1 / 0;');
    await expect(forth()).rejects.toMatchObject({ exitCode: ExitCode.SQL_ERROR });
    await expect(back()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      message: expect.stringContaining('0003_half failed after statement 1 of 2'),
    });
    expect(await tables()).toContain('c');
  });

  it('takes only its own row out of the ledger of drizzle, where another step holds the same text', async () => {
    await folder.add('0003_fill', 'INSERT INTO a VALUES (1);');
    await folder.add('0004_fill', 'INSERT INTO a VALUES (1);');
    await forth();
    await folder.write('0004_fill.down', 'DELETE FROM a WHERE id = 1;');
    await back();
    expect((await database.query('SELECT FROM drizzle.__drizzle_migrations')).rowCount).toBe(4);
  });

  it('needs a key at run time for what a rollback file destroys, and tells what would be lost', async () => {
    await database.query('INSERT INTO c VALUES (1), (2)');
    const criticalFindings: CriticalFindings = async ({ journal = [], files }) =>
      journal
        .filter(({ tag }) => files.get(`${tag}.sql`)?.text.startsWith('DROP TABLE'))
        .map(({ tag }) => ({
          rule: 'drop-table',
          severity: 'critical',
          file: `${tag}.down.sql`,
          tag,
          statement: 1,
          position: { line: 1, column: 1 },
          object: tag.slice(5),
          message: 'drops a table',
        }));
    await expect(back({ criticalFindings })).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      message: expect.stringContaining('0002_c.down.sql:1:1: drops a table (2 rows)'),
      details: {
        remedy: expect.stringContaining(`npm run db:rollback -- --confirm=0002_c:${shortSum(dropC)}`),
      },
    });
    expect(await tables()).toContain('c');
    const confirm = [`0002_c:${shortSum(dropC)}`];
    expect(await back({ criticalFindings, confirm })).toEqual({ rolledBack: ['0002_c'] });
  });
});
