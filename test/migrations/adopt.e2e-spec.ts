import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as drizzleMigrate } from 'drizzle-orm/node-postgres/migrator';
import {
  adopt,
  baseline,
  drift,
  ExitCode,
  migrate,
  readFolder,
  withClient,
} from '../../src/migrations/index.js';
import { createEmptyDatabase, type EmptyDatabase, StepFolder } from '../support/migrations.js';
import { testRun } from '../support/test-run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const a = 'CREATE TABLE a (id int PRIMARY KEY, title text);';
const b =
  'CREATE TABLE b (id int, a_id int REFERENCES a (id));\n--> statement-breakpoint\nCREATE INDEX b_a ON b (a_id);';

describe('taking over a database', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  const databases: EmptyDatabase[] = [];
  beforeEach(async () => {
    database = await createEmptyDatabase();
    databases.push(database);
    folder = await StepFolder.create({ '0000_a': a, '0001_b': b });
  });
  afterEach(() => folder.remove());
  afterAll(() => Promise.all(databases.map((one) => one.drop())));

  const connection = () => ({ connectionString: database.migratorUrl });
  const scratch = { connectionString: testRun().adminUrl };
  const runMigrate = () => migrate(connection(), { folder: folder.path });
  const runAdopt = (options = {}) => adopt(connection(), { folder: folder.path, ...options });
  const runBaseline = async (to: string) =>
    baseline(connection(), { folder: await readFolder(folder.path), to, scratch });
  const runDrift = async () => drift(connection(), await readFolder(folder.path), scratch);
  const states = async () =>
    (
      await database.query<{ tag: string; state: string }>(
        `SELECT tag, state FROM rowhouse.migrations ORDER BY tag`,
      )
    ).rows.map(({ tag, state }) => `${tag} ${state}`);
  /** What it calls inside. */
  const drizzleRun = (connectionString = database.migratorUrl) =>
    withClient({ connectionString }, (client) =>
      drizzleMigrate(drizzle(client), { migrationsFolder: folder.path }),
    );
  /** The real thing, as a process: `drizzle-kit migrate`. */
  async function drizzleKit(): Promise<void> {
    const config = join(folder.path, 'drizzle.config.json');
    const settings = {
      dialect: 'postgresql',
      out: folder.path,
      dbCredentials: { url: database.migratorUrl },
    };
    await writeFile(config, JSON.stringify(settings));
    const program = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs');
    const child = spawn(process.execPath, [program, 'migrate', '--config', config], { cwd: root });
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error((await said).join('\n'));
  }

  describe('db:adopt, after drizzle-kit migrate', () => {
    it('records what drizzle applied, runs none of it again, and leaves the rest to db:migrate', async () => {
      await drizzleKit();
      await expect(runMigrate()).rejects.toThrow(/db:adopt|drizzle's own migrator/);
      expect(await runAdopt()).toMatchObject({ recorded: ['0000_a', '0001_b'], edited: [], skipped: [] });
      await folder.add('0002_c', 'CREATE TABLE c (id int);');
      expect(await runMigrate()).toEqual({ applied: ['0002_c'] });
      expect((await runDrift()).differences).toEqual([]);
      await drizzleKit();
      expect((await database.query('SELECT 1 FROM drizzle.__drizzle_migrations')).rowCount).toBe(3);
    });

    it('may be repeated, also where drizzle-kit ran a later step beside it', async () => {
      await drizzleRun();
      await runAdopt();
      expect(await runAdopt()).toMatchObject({ recorded: [] });
      await folder.add('0002_c', 'CREATE TABLE c (id int);');
      await drizzleRun();
      expect(await runAdopt()).toMatchObject({ recorded: ['0002_c'], repeated: [] });
      expect(await runMigrate()).toEqual({ applied: [] });
    });

    it('has nothing to do in an empty database, and creates nothing there', async () => {
      expect(await runAdopt()).toMatchObject({ recorded: [] });
      expect((await database.query(`SELECT to_regclass('rowhouse.migrations') AS ledger`)).rows).toEqual([
        { ledger: null },
      ]);
    });

    it('knows a file that was checked out with other line ends', async () => {
      await drizzleRun();
      await folder.write('0001_b', b.replaceAll('\n', '\r\n'));
      // drizzle hashed the LF form; ours is the same text.
      expect(await runAdopt()).toMatchObject({ recorded: ['0000_a', '0001_b'], edited: [] });
      expect(await runMigrate()).toEqual({ applied: [] });
    });

    it('stops at a file that was changed since, until that is accepted', async () => {
      await drizzleRun();
      await folder.write('0001_b', `-- a comment more\n${b}`);
      await expect(runAdopt()).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        message: expect.stringContaining('0001_b was changed after drizzle had applied it'),
        details: { remedy: expect.stringContaining('--accept-edited') },
      });
      expect(await runAdopt({ acceptEdited: true })).toMatchObject({ edited: ['0001_b'] });
      expect(await runMigrate()).toEqual({ applied: [] });
    });

    it('stops at a row that is no step of this folder, and says which', async () => {
      await drizzleRun();
      const other = await StepFolder.create({ '0000_a': a });
      await expect(adopt(connection(), { folder: other.path })).rejects.toMatchObject({
        exitCode: ExitCode.INTEGRITY,
        message: expect.stringMatching(
          /a row that is no step of this folder.*\n- hash [0-9a-f]{64}, created at 17/,
        ),
      });
      await other.remove();
      expect((await database.query(`SELECT to_regclass('rowhouse.migrations') AS ledger`)).rows).toEqual([
        { ledger: null },
      ]);
    });

    it('tells of a step that drizzle skipped because it was merged late', async () => {
      await drizzleRun();
      await folder.add('0002_late', 'CREATE TABLE late (id int);', { when: 1_700_000_000_500, index: 1 });
      await drizzleRun();
      expect(await runAdopt()).toMatchObject({ recorded: ['0000_a', '0001_b'], skipped: ['0002_late'] });
    });

    it('tells how to get at a ledger that belongs to another login', async () => {
      await drizzleRun(database.adminUrl);
      await expect(runAdopt()).rejects.toMatchObject({
        exitCode: ExitCode.USAGE,
        details: { remedy: expect.stringContaining('ALTER SCHEMA drizzle OWNER TO rowhouse_owner') },
      });
    });
  });

  describe('db:baseline, after hand-written SQL', () => {
    const byHand = async (sql: string) => {
      await database.query(`SET ROLE rowhouse_owner; ${sql}`);
    };

    it('records the steps where the database is just what they make', async () => {
      await byHand(`${a} ${b}`);
      expect(await runBaseline('0001_b')).toEqual({ recorded: ['0000_a', '0001_b'], information: [] });
      expect(await states()).toEqual(['0000_a baseline', '0001_b baseline']);
      await folder.add('0002_c', 'CREATE TABLE c (id int);');
      expect(await runMigrate()).toEqual({ applied: ['0002_c'] });
      await drizzleRun();
      expect((await database.query('SELECT 1 FROM drizzle.__drizzle_migrations')).rowCount).toBe(3);
    });

    it('takes a database that has only the first steps', async () => {
      await byHand(a);
      expect(await runBaseline('0000_a')).toMatchObject({ recorded: ['0000_a'] });
      expect(await runMigrate()).toEqual({ applied: ['0001_b'] });
    });

    it('shows every difference, and how to hand over what belongs to another login; writes nothing', async () => {
      await database.query(
        'CREATE TABLE a (id int PRIMARY KEY, title varchar(20)); GRANT SELECT ON a TO rowhouse_app',
      );
      const refused = runBaseline('0001_b');
      await expect(refused).rejects.toMatchObject({ exitCode: ExitCode.INTEGRITY });
      const error = await refused.catch((thrown: Error & { details: { hint: string } }) => thrown);
      expect((error as Error).message).toBe(
        [
          'Nothing was recorded: this database is not what the steps up to 0001_b make. 4 differences:',
          '- table a: owner is postgres, expected rowhouse_owner',
          '- table a: column title: type is character varying(20), expected text',
          '- table a: grant SELECT to rowhouse_app is not expected',
          '- table b is missing',
        ].join('\n'),
      );
      expect((error as { details: { hint: string } }).details.hint).toBe(
        'As an administrator:\nALTER TABLE a OWNER TO rowhouse_owner;',
      );
      expect((await database.query(`SELECT to_regclass('rowhouse.migrations') AS ledger`)).rows).toEqual([
        { ledger: null },
      ]);
    });

    it('takes another order of columns, and tells of it', async () => {
      await byHand(`CREATE TABLE a (title text, id int PRIMARY KEY); ${b}`);
      const { information } = await runBaseline('0001_b');
      expect(information.map(({ text: told }) => told)).toEqual([
        'table a: column id: position is 2, expected 1',
        'table a: column title: position is 1, expected 2',
      ]);
    });

    it('refuses a database that has a ledger: ours or drizzle-kit\u2019s', async () => {
      await drizzleRun();
      await expect(runBaseline('0001_b')).rejects.toMatchObject({
        details: { remedy: 'run "npm run db:adopt"' },
      });
      await runAdopt();
      await expect(runBaseline('0001_b')).rejects.toThrow('holds 2 steps already, the last of them 0001_b');
    });

    it('names the steps there are where --to names none', async () => {
      await expect(runBaseline('0009_x')).rejects.toMatchObject({
        exitCode: ExitCode.USAGE,
        message: 'There is no step 0009_x',
        details: { hint: 'The journal goes from 0000_a to 0001_b.' },
      });
    });
  });

  describe('db:drift', () => {
    it('finds nothing after db:migrate, and what a hand changed afterwards', async () => {
      await runMigrate();
      expect(await runDrift()).toEqual({
        applied: ['0000_a', '0001_b'],
        pending: [],
        edited: [],
        differences: [],
      });
      await database.query('DROP INDEX b_a; ALTER TABLE a ALTER title SET NOT NULL; CREATE TABLE x (y int)');
      expect((await runDrift()).differences.map((difference) => difference.text)).toEqual([
        'table a: column title: nullability is NOT NULL, expected nullable',
        'table b: index b_a is missing',
        'table x is not expected',
      ]);
    });

    it('does not count steps that are pending', async () => {
      await runMigrate();
      await folder.add('0002_c', 'CREATE TABLE c (id int);');
      expect(await runDrift()).toMatchObject({ pending: ['0002_c'], differences: [] });
    });

    it('runs steps that need no transaction, and leaves no database behind', async () => {
      await folder.add(
        '0002_c',
        '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY a_title ON a (title);',
      );
      await runMigrate();
      expect((await runDrift()).differences).toEqual([]);
      const { rowCount } = await database.query(
        `SELECT 1 FROM pg_database WHERE datname LIKE 'rowhouse_replay%'`,
      );
      expect(rowCount).toBe(0);
    });

    it('says where a step fails in the replay', async () => {
      await runMigrate();
      await folder.write('0001_b', 'CREATE TABLE b (\n  id nonsense\n);');
      await expect(runDrift()).rejects.toMatchObject({
        exitCode: ExitCode.SQL_ERROR,
        details: { tag: '0001_b', statement: 1, position: { line: 2, column: 6 }, sqlState: '42704' },
      });
    });

    it('refuses to compare with steps that the code does not know', async () => {
      await runMigrate();
      folder.steps.pop();
      await folder.writeJournal();
      await expect(runDrift()).rejects.toThrow('0001_b (unknown)');
    });
  });
});
