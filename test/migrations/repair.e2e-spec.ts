import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { acceptEdits, ExitCode, markStep, migrate, renumber } from '../../src/migrations/index.js';
import { readFolder } from '../../src/migrations/folder/read-folder.js';
import { sumsOf } from '../../src/migrations/folder/sums.js';
import { createEmptyDatabase, type EmptyDatabase, StepFolder } from '../support/migrations.js';

const b = "CREATE TABLE b (id int, title text DEFAULT 'x y');";
const c =
  '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY b_id ON b (id);\nCREATE UNIQUE INDEX CONCURRENTLY b_u ON b (title);';

describe('db:repair', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  const databases: EmptyDatabase[] = [];
  beforeEach(async () => {
    database = await createEmptyDatabase();
    databases.push(database);
    folder = await StepFolder.create({ '0000_a': 'CREATE TABLE a (id int);', '0001_b': b });
    await run();
  });
  afterEach(() => folder.remove());
  afterAll(() => Promise.all(databases.map((one) => one.drop())));

  const connection = () => ({ connectionString: database.migratorUrl });
  const run = () => migrate(connection(), { folder: folder.path });
  const accept = () => acceptEdits(connection(), folder.path);
  const mark = (tag: string, as: 'applied' | 'pending') => markStep(connection(), folder.path, tag, as);

  it('accepts an edit of comments and white space, in both ledgers', async () => {
    await folder.write('0001_b', `-- The notes.\n${b.replace(', ', ',\n  ')}\n`);
    await expect(run()).rejects.toThrow('0001_b.sql was changed after it had been applied');
    expect(await accept()).toEqual({ accepted: ['0001_b'], interrupted: [], problems: [] });
    expect(await run()).toEqual({ applied: [] });
    expect(await accept()).toEqual({ accepted: [], interrupted: [], problems: [] });
  });

  it.each([
    ['a type', b.replace('int', 'bigint')],
    ['a space inside a string', b.replace('x y', 'x  y')],
  ])('does not accept an edit of %s', async (_, text) => {
    await folder.write('0001_b', text);
    expect(await accept()).toMatchObject({
      accepted: [],
      problems: [
        { tag: '0001_b', message: expect.stringContaining('says something else than what was applied') },
      ],
    });
    await expect(run()).rejects.toMatchObject({ exitCode: ExitCode.INTEGRITY });
  });

  it.each([
    ['renews the sums where nothing else was changed', 'CREATE TABLE c (id int);', 0],
    [
      'leaves the sums alone where another file was changed too',
      'CREATE TABLE other (id int);',
      ExitCode.INTEGRITY,
    ],
  ])('%s', async (_, pending, exitCode) => {
    await folder.add('0002_c', 'CREATE TABLE c (id int);');
    await writeFile(join(folder.path, 'meta', '_sum'), sumsOf(await readFolder(folder.path)));
    await folder.write('0001_b', `-- The notes.\n${b}\n`);
    await folder.write('0002_c', pending);
    expect((await accept()).accepted).toEqual(['0001_b']);
    expect(
      await run().then(
        () => 0,
        (error: { exitCode: number }) => error.exitCode,
      ),
    ).toBe(exitCode);
  });

  it('accepts it for a step without a transaction too', async () => {
    await folder.add('0002_c', c);
    await run();
    await folder.write('0002_c', `${c}\n-- end\n`);
    expect(await accept()).toMatchObject({ accepted: ['0002_c'] });
  });

  describe('a step that stopped half-way', () => {
    beforeEach(async () => {
      await database.query(`INSERT INTO b (id) VALUES (1), (2)`);
      await folder.add('0002_c', c);
      await expect(run()).rejects.toMatchObject({ details: { statement: 2, sqlState: '23505' } });
    });

    it('is marked as applied once it was finished by hand', async () => {
      await mark('0002_c', 'applied');
      expect(await run()).toEqual({ applied: [] });
      expect((await database.query('SELECT 1 FROM drizzle.__drizzle_migrations')).rowCount).toBe(3);
    });

    it('is marked as pending once it was undone by hand, and runs from its beginning', async () => {
      await database.query('DROP INDEX b_id; DROP INDEX b_u; DELETE FROM b');
      await mark('0002_c', 'pending');
      expect(await run()).toEqual({ applied: ['0002_c'] });
    });

    it('is the only kind that can be marked', async () => {
      await expect(mark('0001_b', 'pending')).rejects.toMatchObject({
        exitCode: ExitCode.USAGE,
        message: '0001_b is applied, and only an interrupted or failed step can be marked',
      });
      await expect(mark('0009_x', 'applied')).rejects.toThrow('There is no step 0009_x');
    });
  });

  it('renumbers the later of two steps with one number: files, snapshots, journal and sums', async () => {
    await folder.add('0002_mine', 'CREATE TABLE mine (id int);');
    await folder.write('0002_mine.down', 'DROP TABLE mine;');
    await folder.add('0002_theirs', 'CREATE TABLE theirs (id int);', { index: 2 });
    await folder.add('0003_mine_too', 'ALTER TABLE mine ADD x int;');
    const snapshot = (id: string) => JSON.stringify({ id, prevId: '', tables: {} });
    await writeFile(join(folder.path, 'meta', '0002_snapshot.json'), snapshot('two'));
    await writeFile(join(folder.path, 'meta', '0003_snapshot.json'), snapshot('three'));

    const moved = await renumber(folder.path, new Set(['0000_a', '0001_b', '0002_theirs']), async () => ({}));

    expect(moved).toEqual([
      { from: '0002_mine', to: '0003_mine' },
      { from: '0003_mine_too', to: '0004_mine_too' },
    ]);
    expect((await readdir(folder.path)).filter((name) => name.endsWith('.sql')).toSorted()).toEqual([
      '0000_a.sql',
      '0001_b.sql',
      '0002_theirs.sql',
      '0003_mine.down.sql',
      '0003_mine.sql',
      '0004_mine_too.sql',
    ]);
    expect((await readdir(join(folder.path, 'meta'))).toSorted()).toEqual([
      '0002_snapshot.json',
      '0004_snapshot.json',
      '_journal.json',
      '_sum',
    ]);
    expect(JSON.parse(await readFile(join(folder.path, 'meta', '0004_snapshot.json'), 'utf8'))).toMatchObject(
      {
        prevId: 'two',
        dialect: 'postgresql',
      },
    );
    expect(await run()).toEqual({ applied: ['0002_theirs', '0003_mine', '0004_mine_too'] });
    expect(await renumber(folder.path, new Set(), async () => ({}))).toEqual([]);
  });

  it('renumbers no rollback file of a step whose name only begins like another', async () => {
    await folder.add('0002_mine', 'CREATE TABLE mine (id int);');
    await folder.add('0002_mine_all', 'CREATE TABLE all_mine (id int);', { index: 2 });
    await folder.write('0002_mine_all.down', 'DROP TABLE all_mine;');
    await renumber(folder.path, new Set(['0000_a', '0001_b', '0002_mine_all']), async () => ({}));
    expect((await readdir(folder.path)).filter((name) => name.startsWith('000')).toSorted()).toEqual([
      '0000_a.sql',
      '0001_b.sql',
      '0002_mine_all.down.sql',
      '0002_mine_all.sql',
      '0003_mine.sql',
    ]);
  });
});
