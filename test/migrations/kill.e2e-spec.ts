import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { CliProject } from '../support/cli-project.js';
import { eventually } from '../support/eventually.js';
import { MigrationSuite } from '../support/migration-suite.js';

/** A statement that waits for as long as the gate has a row; the test opens it and the same file runs through. */
const gate = 'SELECT pg_sleep(60) WHERE EXISTS (SELECT 1 FROM public.gate);';

describe('db:migrate killed with -9', () => {
  const suite = new MigrationSuite();
  let project: CliProject;
  beforeAll(async () => {
    project = await CliProject.create();
  });
  afterAll(() => project.remove());
  beforeEach(async () => {
    await project.use(suite.folder.path);
    await suite.database.query('CREATE TABLE gate AS SELECT 1 AS closed; GRANT SELECT ON gate TO PUBLIC');
  });

  const openGate = () => suite.database.query('DELETE FROM gate');
  const migrateAgain = () => project.finish(suite.database.migratorUrl, ['db:migrate']);
  /** Until a session of the migrator is in a statement, or a wait, that matches. */
  const seen = (condition: string) =>
    eventually(async () => {
      const { rowCount } = await suite.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'rowhouse_migrator' AND ${condition}`,
      );
      expect(rowCount).toBeGreaterThan(0);
    }, 15_000);
  const gone = () =>
    eventually(async () => {
      const { rowCount } = await suite.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'rowhouse_migrator'`,
      );
      expect(rowCount).toBe(0);
    }, 15_000);
  const killWhen = async (condition: string, prepare?: () => Promise<unknown>) => {
    const run = project.start(suite.database.migratorUrl, 'db:migrate');
    await seen(condition);
    await prepare?.();
    run.child.kill('SIGKILL');
    expect(await run.exit).toBe(null);
  };
  const ledgerTrigger = (timing: string) =>
    suite.database.query(`
      CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(60) FROM gate WHERE NEW.tag = '0002_step'; RETURN NEW; END $$;
      CREATE ${timing} ON rowhouse.migrations ${timing.includes('CONSTRAINT') ? 'DEFERRABLE INITIALLY DEFERRED' : ''}
        FOR EACH ROW EXECUTE FUNCTION wait_at_gate();`);
  const expectOnce = async () => {
    expect((await suite.database.query('SELECT 1 FROM counted')).rowCount).toBe(1);
    expect(await suite.states()).toContainEqual(
      expect.objectContaining({ tag: '0002_step', state: 'applied' }),
    );
    expect(await migrateAgain()).toContain('nothing to do');
  };
  const step = 'CREATE TABLE counted (id int); INSERT INTO counted VALUES (1);';

  it('inside a step: nothing of it is left, and the next run applies it', async () => {
    await suite.folder.add('0002_step', `${step} ${gate}`);
    await killWhen(`query LIKE 'SELECT pg_sleep(60)%'`);
    await openGate();
    await migrateAgain();
    await expectOnce();
  });

  it.each([
    [
      'as its row is being written',
      'TRIGGER gate BEFORE INSERT OR UPDATE',
      `query LIKE 'INSERT INTO rowhouse%'`,
    ],
    ['at its commit', 'CONSTRAINT TRIGGER gate AFTER INSERT OR UPDATE', `query = 'COMMIT'`],
  ])('between a step and its ledger row there is nothing: %s', async (_, timing, condition) => {
    await migrateAgain();
    await ledgerTrigger(timing);
    await suite.folder.add('0002_step', step);
    await killWhen(`wait_event = 'PgSleep' AND ${condition}`);
    await eventually(async () => expect(await suite.tables()).not.toContain('counted'));
    await openGate();
    await migrateAgain();
    await expectOnce();
  });

  describe('in a step without a transaction', () => {
    const concurrent = `-- rowhouse:no-transaction\n${step.replace('; ', ';\n')}\nCREATE INDEX CONCURRENTLY i ON a (id);`;
    const waitingForWriter = `query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event = 'virtualxid'`;
    let writer: Client;
    beforeEach(async () => {
      await migrateAgain();
      await suite.folder.add('0002_step', concurrent);
      writer = new Client({ connectionString: suite.database.adminUrl });
      await writer.connect();
      await writer.query('BEGIN; INSERT INTO a VALUES (1)');
    });

    it('inside the concurrent build: the INVALID index is dropped, and built anew', async () => {
      await killWhen(waitingForWriter);
      await eventually(async () => expect(await suite.indexes()).toEqual([{ name: 'i', valid: false }]));
      // Or the backend of the killed client, which looks for it once a second, would finish the build after all.
      await gone();
      expect(await project.finish(suite.database.migratorUrl, ['db:status'])).toContain('interrupted 2/3');
      await writer.query('COMMIT');
      await writer.end();
      expect(await migrateAgain()).toContain('dropped public.i, which an interrupted build had left INVALID');
      expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
      await expectOnce();
    });

    it('between the build and its record: the index is recognised, and not built again', async () => {
      const holder = new Client({ connectionString: suite.database.adminUrl });
      await holder.connect();
      await killWhen(waitingForWriter, async () => {
        await holder.query('BEGIN; LOCK TABLE rowhouse.migrations IN SHARE MODE');
        await writer.query('COMMIT');
        await writer.end();
        await seen(`query LIKE 'UPDATE rowhouse.migrations%' AND wait_event_type = 'Lock'`);
      });
      await holder.end();
      expect(await suite.indexes()).toEqual([{ name: 'i', valid: true }]);
      expect(await suite.states()).toContainEqual({ tag: '0002_step', state: 'running', done: 2 });
      const before = await suite.database.query(`SELECT 'i'::regclass::oid AS oid`);
      expect(await migrateAgain()).toContain('resuming 0002_step at statement 3');
      expect((await suite.database.query(`SELECT 'i'::regclass::oid AS oid`)).rows).toEqual(before.rows);
      await expectOnce();
    });
  });

  it('while it waits for its turn: it leaves no trace', async () => {
    await suite.folder.add('0002_step', `${step} ${gate}`);
    const first = project.start(suite.database.migratorUrl, 'db:migrate');
    await seen(`wait_event = 'PgSleep'`);
    const second = project.start(suite.database.migratorUrl, 'db:migrate');
    await eventually(() => expect(second.output).toContain('waiting for another migration: pid'), 10_000);
    second.child.kill('SIGKILL');
    await second.exit;
    await openGate();
    // The sleep that has begun does not see that the gate is open.
    first.child.kill('SIGKILL');
    await first.exit;
    await migrateAgain();
    await expectOnce();
  });
});
