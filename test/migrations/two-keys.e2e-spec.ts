import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ExitCode, migrate } from '../../src/migrations/index.js';
import { MigrationSuite } from '../support/migration-suite.js';
import { createEmptyDatabase, shortSum } from '../support/migrations.js';

describe('two keys', () => {
  const suite = new MigrationSuite();

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
    await suite.run();
    await suite.database.query('INSERT INTO a VALUES (1), (2), (3)');
    await suite.folder.add('0002_drop', drop);
    await suite.folder.add('0003_later', 'CREATE TABLE later (id int);');
  });
  const criticalFindings = async () => [finding];

  it('without the run-time key nothing of the batch runs, and the rows that would be lost are told', async () => {
    await expect(suite.run({ criticalFindings })).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      message: expect.stringContaining('0002_drop.sql:1:1: Drops table a (3 rows)'),
      details: { remedy: expect.stringContaining(`--confirm=${key}`) },
    });
    expect(await suite.tables()).toEqual(['a', 'b']);
  });

  it('one command with all keys is told, also of those given already', async () => {
    await suite.folder.add('0004_drop_b', 'DROP TABLE b;');
    const later = { ...finding, tag: '0004_drop_b', file: '0004_drop_b.sql', object: 'b' };
    const both = new RegExp(`--confirm=${key} --confirm=0004_drop_b:[0-9a-f]{8}"$`);
    const run = (confirm: string[]) => suite.run({ criticalFindings: async () => [finding, later], confirm });
    for (const given of [[], [key]])
      await expect(run(given)).rejects.toMatchObject({
        exitCode: ExitCode.CONFIRMATION_NEEDED,
        details: { remedy: expect.stringMatching(both) },
      });
  });

  it('the key of another version of the file does not fit', async () => {
    await expect(suite.run({ criticalFindings, confirm: ['0002_drop:00000000'] })).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      message: expect.stringContaining('of another version'),
    });
  });

  it('lint.json leaves out no step at run time', async () => {
    await writeFile(join(suite.folder.path, 'lint.json'), '{ "startAfter": "0002_drop" }');
    await expect(suite.run({ criticalFindings: undefined })).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      details: { remedy: expect.stringContaining(`--confirm=${key}`) },
    });
  });

  it('a database made by other means has no ledger, and needs the key all the same', async () => {
    const foreign = await createEmptyDatabase();
    try {
      await foreign.query(`CREATE SCHEMA old AUTHORIZATION rowhouse_owner; CREATE TABLE old."Orders" (id int);
        ALTER TABLE old."Orders" OWNER TO rowhouse_owner; INSERT INTO old."Orders" VALUES (1)`);
      const text = `-- rowhouse:confirm delete-without-where old.Orders reason="x"
DELETE FROM old."Orders";
-- rowhouse:confirm drop-schema old reason="x"
-- rowhouse:confirm drop-cascade old reason="x"
DROP SCHEMA old CASCADE;`;
      await suite.folder.add('0004_old', text);
      const run = migrate({ connectionString: foreign.migratorUrl }, { folder: suite.folder.path });
      await expect(run).rejects.toMatchObject({
        exitCode: ExitCode.CONFIRMATION_NEEDED,
        message: expect.stringContaining('every row of old.Orders (1 rows)'),
      });
      expect((await foreign.query('SELECT FROM old."Orders"')).rowCount).toBe(1);
    } finally {
      await foreign.drop();
    }
  });

  it('without the key in the file the run-time key is not enough', async () => {
    const { accepted: _, ...unmarked } = finding;
    await expect(
      suite.run({ criticalFindings: async () => [unmarked], confirm: [key] }),
    ).rejects.toMatchObject({
      exitCode: ExitCode.CONFIRMATION_NEEDED,
      details: { remedy: expect.stringContaining('-- rowhouse:confirm drop-table a reason="..."') },
    });
  });

  it('with both it runs, and the ledger keeps the key', async () => {
    await suite.run({ criticalFindings, confirm: [key] });
    expect(await suite.tables()).toEqual(['b', 'later']);
    const { rows } = await suite.database.query(
      `SELECT confirmation FROM rowhouse.migrations WHERE tag = '0002_drop'`,
    );
    expect(rows).toEqual([{ confirmation: key }]);
  });

  it('the ledger keeps the key of a step that resumes behind what it destroyed', async () => {
    const text = `-- rowhouse:no-transaction\n${drop}\nSELECT 1 / 0;`;
    await suite.folder.write('0002_drop', text);
    const keyOfText = `0002_drop:${shortSum(text)}`;
    await expect(suite.run({ criticalFindings, confirm: [keyOfText] })).rejects.toThrow('division');
    await suite.folder.write('0002_drop', text.replace('1 / 0', '1'));
    await suite.run({ criticalFindings });
    const { rows } = await suite.database.query(
      `SELECT confirmation FROM rowhouse.migrations WHERE tag = '0002_drop'`,
    );
    expect(rows).toEqual([{ confirmation: keyOfText }]);
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
    const result = suite.run({ criticalFindings, ask });
    if (isRun) expect((await result).applied).toEqual(['0002_drop', '0003_later']);
    else await expect(result).rejects.toMatchObject({ exitCode: ExitCode.CONFIRMATION_NEEDED });
    expect(questions).toEqual([expect.stringContaining('3 rows')]);
  });
});
