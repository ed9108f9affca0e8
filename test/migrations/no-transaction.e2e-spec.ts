import { describe, expect, it } from '@jest/globals';
import { ExitCode, type MigrationEvent, withClient } from '../../src/migrations/index.js';
import { eventually } from '../support/eventually.js';
import { MigrationSuite } from '../support/migration-suite.js';

describe('steps without a transaction', () => {
  const suite = new MigrationSuite();

  const concurrently = (name: string, table = 'a') => `CREATE INDEX CONCURRENTLY ${name} ON ${table} (id);`;
  it('run statement by statement, and resume behind the last that is done', async () => {
    await suite.folder.add(
      '0002_concurrent',
      `-- rowhouse:no-transaction\n${concurrently('i')}\nINSERT INTO a VALUES (1);\nALTER TABLE b ADD COLUMN n int;\nSELECT 1/0;`,
    );
    await expect(suite.run()).rejects.toMatchObject({
      details: { statement: 4, position: { line: 5, column: 1 } },
    });
    expect(await suite.states()).toContainEqual({ tag: '0002_concurrent', state: 'failed', done: 3 });
    await suite.folder.write(
      '0002_concurrent',
      `-- rowhouse:no-transaction\n${concurrently('i')}\nINSERT INTO a VALUES (1);\nALTER TABLE b ADD COLUMN n int;\nSELECT 1;`,
    );
    const events: MigrationEvent[] = [];
    expect(await suite.run({ onEvent: (event) => events.push(event) })).toEqual({
      applied: ['0002_concurrent'],
    });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'step-started', resumedAt: 4 }));
    expect((await suite.database.query('SELECT 1 FROM a')).rowCount).toBe(1);
    expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
  });

  it('run a DO block in one transaction with its record: never twice', async () => {
    await suite.folder.add('0002_once', 'INSERT INTO a VALUES (1);');
    await suite.run();
    // Waits until the ledger is locked, so that its record cannot be written.
    await suite.folder.add(
      '0003_times',
      `-- rowhouse:no-transaction
       DO $$ BEGIN
         UPDATE a SET id = id * 100;
         WHILE NOT EXISTS (SELECT FROM b) LOOP PERFORM pg_sleep(0.01); END LOOP;
       END $$;`,
    );
    await withClient({ connectionString: suite.database.adminUrl }, async (blocker) => {
      const lock = async () => {
        await blocker.query('BEGIN; LOCK TABLE rowhouse.migrations IN EXCLUSIVE MODE');
        await suite.database.query('INSERT INTO b VALUES (1)');
      };
      const onEvent = ({ kind }: MigrationEvent) => void (kind === 'statement-started' && lock());
      await expect(suite.run({ lockDeadlineMs: 1_000, onEvent })).rejects.toMatchObject({
        exitCode: ExitCode.LOCK_NOT_OBTAINED,
      });
    });
    await suite.run();
    expect((await suite.database.query('SELECT id FROM a')).rows).toEqual([{ id: 100 }]);
  });

  it('give up at the deadline where only the end cannot be recorded, and the next run records it', async () => {
    await suite.folder.add('0002_once', 'INSERT INTO a VALUES (1);');
    await suite.run();
    // Ends when somebody waits to lock the ledger, who then gets it right behind the statement's own record.
    await suite.folder.add(
      '0003_times',
      `-- rowhouse:no-transaction
       DO $$ BEGIN
         UPDATE a SET id = id * 100;
         LOCK TABLE rowhouse.migrations IN ROW EXCLUSIVE MODE;
         WHILE NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'rowhouse.migrations'::regclass AND NOT granted)
           LOOP PERFORM pg_sleep(0.01); END LOOP;
       END $$;`,
    );
    await withClient({ connectionString: suite.database.adminUrl }, async (blocker) => {
      const queue = async () => {
        await eventually(async () => {
          const held = `SELECT FROM pg_locks WHERE relation = 'rowhouse.migrations'::regclass AND mode = 'RowExclusiveLock'`;
          expect((await suite.database.query(held)).rowCount).toBe(1);
        });
        await blocker.query('BEGIN; LOCK TABLE rowhouse.migrations IN EXCLUSIVE MODE');
      };
      const onEvent = ({ kind }: MigrationEvent) => void (kind === 'statement-started' && queue());
      await expect(suite.run({ lockDeadlineMs: 1_000, onEvent })).rejects.toMatchObject({
        exitCode: ExitCode.LOCK_NOT_OBTAINED,
      });
    });
    expect(await suite.states()).toContainEqual({ tag: '0003_times', state: 'running', done: 1 });
    await suite.run();
    expect(await suite.states()).toContainEqual({ tag: '0003_times', state: 'applied', done: 1 });
    expect((await suite.database.query('SELECT id FROM a')).rows).toEqual([{ id: 100 }]);
  });

  it.each([
    ['CREATE INDEX CONCURRENTLY ON a (id);', 'has no name'],
    ['SET search_path = other;\nUPDATE a SET id = 1;', 'search_path is set'],
  ])('are refused where a run could not resume, or a setting would be lost: %s', async (sql, message) => {
    await suite.folder.add('0002_x', `-- rowhouse:no-transaction\n${sql}`);
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      message: expect.stringContaining(message),
    });
  });

  it('do not resume where a statement that is done was changed', async () => {
    await suite.folder.add('0002_c', `-- rowhouse:no-transaction\n${concurrently('i')}\nSELECT 1/0;`);
    await expect(suite.run()).rejects.toMatchObject({ exitCode: ExitCode.SQL_ERROR });
    await suite.folder.write('0002_c', `-- rowhouse:no-transaction\n${concurrently('j')}\nSELECT 1;`);
    await expect(suite.run()).rejects.toMatchObject({
      exitCode: ExitCode.INTEGRITY,
      message: expect.stringContaining('statement 1, which is done, was changed'),
    });
  });

  it('drop an INVALID index first, which IF NOT EXISTS would hide', async () => {
    await suite.run();
    await suite.database.query('INSERT INTO a VALUES (1), (1)');
    await expect(suite.database.query('CREATE UNIQUE INDEX CONCURRENTLY i ON a (id)')).rejects.toThrow(
      'could not create',
    );
    expect(await suite.indexes()).toEqual([{ name: 'i', valid: false }]);
    await suite.folder.add(
      '0002_c',
      '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id);',
    );
    const events: MigrationEvent[] = [];
    await suite.run({ onEvent: (event) => events.push(event) });
    expect(events).toContainEqual({ kind: 'index-dropped', tag: '0002_c', index: 'public.i' });
    expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
  });

  it('a transactional CREATE INDEX IF NOT EXISTS is refused over an INVALID index', async () => {
    await suite.run();
    await suite.database.query('INSERT INTO a VALUES (1), (1)');
    await expect(suite.database.query('CREATE UNIQUE INDEX CONCURRENTLY i ON a (id)')).rejects.toThrow(
      'could not create',
    );
    await suite.folder.add('0002_c', 'CREATE INDEX IF NOT EXISTS i ON a (id);');
    await expect(suite.run()).rejects.toMatchObject({
      message: expect.stringContaining('public.i is there but INVALID'),
      details: { remedy: expect.stringContaining('DROP INDEX CONCURRENTLY public.i') },
    });
  });

  it('a valid index that was there before is an error, also the second time', async () => {
    await suite.run();
    await suite.database.query('CREATE INDEX i ON a (id)');
    await suite.folder.add('0002_c', `-- rowhouse:no-transaction\n${concurrently('i')}`);
    for (let time = 0; time < 2; time += 1)
      await expect(suite.run()).rejects.toMatchObject({ details: { sqlState: '42P07' } });
  });

  it('a unique violation names the index that it leaves, and the next run removes it', async () => {
    await suite.run();
    await suite.database.query('INSERT INTO a VALUES (1), (1)');
    await suite.folder.add(
      '0002_c',
      '-- rowhouse:no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY i ON a (id);',
    );
    await expect(suite.run()).rejects.toMatchObject({
      details: { sqlState: '23505', hint: expect.stringContaining('INVALID; the next run drops it first') },
    });
    await suite.database.query('DELETE FROM a');
    await suite.run();
    expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
  });

  it('removes what a killed REINDEX CONCURRENTLY left', async () => {
    await suite.folder.add('0002_i', 'CREATE INDEX i ON a (id);');
    await suite.run();
    // What such a kill leaves: an invalid index beside the valid one.
    await suite.database.query('CREATE INDEX i_ccnew ON a (id)');
    await suite.database.query(
      `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i_ccnew'::regclass`,
    );
    await suite.folder.add('0003_c', '-- rowhouse:no-transaction\nREINDEX INDEX CONCURRENTLY i;');
    await suite.run();
    expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
  });
});
