import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import {
  compareCatalogs,
  type DryRunReport,
  dryRun,
  ExitCode,
  migrate,
  readCatalog,
  withClient,
} from '../../src/migrations/index.js';
import { createEmptyDatabase, type EmptyDatabase, shortSum, StepFolder } from '../support/migrations.js';

const base = `
  CREATE TABLE a (id int PRIMARY KEY, title text, n int);
  CREATE TABLE b (id int PRIMARY KEY, a_id int);
  CREATE INDEX a_title ON a (title);
  INSERT INTO a SELECT i, 'x', i FROM generate_series(1, 50) AS i;
  INSERT INTO b SELECT i, i FROM generate_series(1, 10) AS i;`;

describe('db:plan', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    folder = await StepFolder.create({ '0000_base': base });
    await migrate({ connectionString: database.migratorUrl }, { folder: folder.path });
  });
  afterEach(() => folder.remove());

  const connection = () => ({ connectionString: database.migratorUrl });
  const catalog = () =>
    withClient({ connectionString: database.adminUrl }, (client) =>
      readCatalog((text) => client.query<Record<string, unknown>>(text)),
    );
  const plan = (options: Parameters<typeof dryRun>[1] = {}) =>
    dryRun(connection(), { folder: folder.path, lockDeadlineMs: 500, ...options });
  const effects = async (sql: string) => {
    await folder.add('0001_next', sql);
    return (await plan()).steps.flatMap(({ statements }) => statements.map((each) => each.effects));
  };

  const cases: [string, string, object[]][] = [
    ['an added column', 'ALTER TABLE a ADD c text', [{ relation: 'a', lock: 'AccessExclusiveLock' }]],
    [
      // Once for the table and once for each index that is built again.
      'a type change that rewrites',
      'ALTER TABLE a ALTER n TYPE bigint',
      [{ relation: 'a', lock: 'AccessExclusiveLock', isRewritten: true, rowsScanned: 150 }],
    ],
    [
      'one that does not',
      'ALTER TABLE a ALTER title TYPE varchar',
      [{ relation: 'a', lock: 'AccessExclusiveLock' }],
    ],
    [
      'NOT NULL, which scans',
      'ALTER TABLE a ALTER title SET NOT NULL',
      [{ relation: 'a', lock: 'AccessExclusiveLock', rowsScanned: 50 }],
    ],
    [
      'a foreign key, which locks and reads both tables',
      'ALTER TABLE b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a_id) REFERENCES a (id)',
      [
        { relation: 'a', lock: 'ShareRowExclusiveLock', rowsScanned: expect.any(Number) },
        { relation: 'b', lock: 'ShareRowExclusiveLock', rowsScanned: 10 },
      ],
    ],
    [
      'an index built in place',
      'CREATE INDEX a_n ON a (n)',
      [{ relation: 'a', lock: 'ShareLock', rowsScanned: 50 }],
    ],
    [
      'changed rows',
      'UPDATE a SET n = 0 WHERE id <= 3',
      [expect.objectContaining({ relation: 'a', lock: 'RowExclusiveLock', rowsChanged: 3 })],
    ],
    ['a dropped table', 'DROP TABLE b', [{ relation: 'b', isDropped: true, lock: 'AccessExclusiveLock' }]],
    ['a new table, which nobody uses yet', 'CREATE TABLE c (id int); CREATE INDEX c_id ON c (id)', []],
  ];
  it.each(cases)('tells of %s, and leaves nothing', async (_, sql, expected) => {
    const before = await catalog();
    const found = (await effects(sql)).flat().filter(({ relation }) => !relation.startsWith('a_'));
    expect(found.toSorted((x, y) => (x.relation < y.relation ? -1 : 1))).toEqual(expected);
    expect(compareCatalogs(before, await catalog())).toEqual([]);
    const { rows } = await database.query('SELECT tag FROM rowhouse.migrations');
    expect(rows).toEqual([{ tag: '0000_base' }]);
  });

  it('tells of an index that is written anew with its table', async () => {
    expect((await effects('ALTER TABLE a ALTER title TYPE varchar(5)')).flat()).toContainEqual(
      expect.objectContaining({ relation: 'a_pkey', isRewritten: true }),
    );
  });

  it('counts the rows of the tables concerned, and tells which statement takes what, and how long', async () => {
    await folder.add('0001_next', 'ALTER TABLE a ADD c text;\nALTER TABLE b ADD c text;');
    const report: DryRunReport = await plan();
    expect(report.rows).toEqual({ a: { count: 50, isExact: true }, b: { count: 10, isExact: true } });
    expect(report.steps[0]?.statements).toEqual([
      expect.objectContaining({
        statement: 1,
        position: { line: 1, column: 1 },
        durationMs: expect.any(Number),
      }),
      expect.objectContaining({
        statement: 2,
        position: { line: 2, column: 1 },
        text: 'ALTER TABLE b ADD c text',
      }),
    ]);
  });

  it('tries the later steps on what the earlier ones made', async () => {
    await folder.add('0001_c', 'CREATE TABLE c (id int)');
    await folder.add('0002_d', 'ALTER TABLE c ADD d int');
    expect((await plan()).steps.map(({ tag }) => tag)).toEqual(['0001_c', '0002_d']);
  });

  it('does not try a step without a transaction, nor what comes after it, and says why', async () => {
    await folder.add('0001_c', 'CREATE TABLE c (id int)');
    await folder.add('0002_i', '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY a_n ON a (n);');
    await folder.add('0003_d', 'CREATE TABLE d (id int)');
    expect(await plan()).toMatchObject({
      steps: [{ tag: '0001_c' }],
      notTried: [
        { tag: '0002_i', reason: 'it runs without a transaction, so nothing of it could be rolled back' },
        { tag: '0003_d', reason: 'it comes after 0002_i, which cannot be tried' },
      ],
    });
  });

  it('names the key that a destructive step will ask for', async () => {
    await folder.add('0001_drop', 'DROP TABLE b');
    const criticalFindings = async () => [
      {
        rule: 'drop-table',
        severity: 'critical' as const,
        file: '0001_drop.sql',
        tag: '0001_drop',
        position: { line: 1, column: 1 },
        message: 'drops b',
      },
    ];
    const { keys } = await plan({ criticalFindings });
    expect(keys).toEqual([{ tag: '0001_drop', key: `0001_drop:${shortSum('DROP TABLE b')}` }]);
  });

  const faults: [string, string, object][] = [
    [
      'a statement that fails',
      'ALTER TABLE a ADD c text;\nALTER TABLE a ADD d nonsense;',
      {
        exitCode: ExitCode.SQL_ERROR,
        details: { statement: 2, position: { line: 2, column: 21 }, sqlState: '42704' },
      },
    ],
    [
      'a deferred constraint that the COMMIT would find broken',
      'ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED; INSERT INTO b VALUES (99, 99);',
      { exitCode: ExitCode.SQL_ERROR, details: { sqlState: '23503' } },
    ],
    [
      'a COMMIT, which would make the trial real',
      'CREATE TABLE c (id int); COMMIT;',
      { exitCode: ExitCode.SQL_ERROR, message: expect.stringContaining('COMMIT inside a step') },
    ],
    [
      'a COMMIT inside a block',
      'CREATE TABLE c (id int); DO $$ BEGIN COMMIT; END $$;',
      { exitCode: ExitCode.SQL_ERROR, details: { sqlState: '2D000' } },
    ],
  ];
  it.each(faults)('tells of %s, and leaves nothing', async (_, sql, expected) => {
    const before = await catalog();
    await folder.add('0001_next', sql);
    await expect(plan()).rejects.toMatchObject(expected);
    expect(compareCatalogs(before, await catalog())).toEqual([]);
  });

  it('gives up after two seconds where another session holds the table, and names it', async () => {
    const other = new Client({ connectionString: database.adminUrl, application_name: 'the other' });
    await other.connect();
    try {
      await other.query('BEGIN; SELECT 1 FROM a');
      await folder.add('0001_next', 'ALTER TABLE a ADD c text');
      await expect(plan()).rejects.toMatchObject({
        exitCode: ExitCode.LOCK_NOT_OBTAINED,
        details: { statement: 1, detail: expect.stringContaining('the other') },
      });
    } finally {
      await other.end();
    }
  });

  it('has nothing to tell where nothing is pending', async () => {
    expect(await plan()).toEqual({ steps: [], notTried: [], keys: [], rows: {} });
  });
});
