import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CliProject } from '../support/cli-project.js';
import { createEmptyDatabase, type EmptyDatabase, StepFolder } from '../support/migrations.js';
import { testRun } from '../support/test-run.js';

/** The built commands as operators start them, one after the other on one database. */
describe('the commands beside db:migrate, as processes', () => {
  let database: EmptyDatabase;
  let folder: StepFolder;
  let project: CliProject;
  beforeAll(async () => {
    database = await createEmptyDatabase();
    folder = await StepFolder.create({ '0000_a': 'CREATE TABLE a (id int, title text);' });
    await folder.write('0000_a.down', 'DROP TABLE a;');
    project = await CliProject.create();
    await project.use(folder.path);
  });
  afterAll(async () => {
    await project.remove();
    await folder.remove();
    await database.drop();
  });
  const cli = (args: string[], exitCode = 0) => project.finish(database.migratorUrl, args, exitCode);
  const scratch = ['--scratch-url', testRun().adminUrl];

  it('take over a database made by hand, once it is what the steps make', async () => {
    await database.query('SET ROLE rowhouse_owner; CREATE TABLE a (id int, title varchar(20))');
    const refused = await cli(['db:baseline', '--to', '0000_a', ...scratch], 4);
    expect(refused).toContain('table a: column title: type is character varying(20), expected text');
    await database.query('ALTER TABLE a ALTER title TYPE text');
    expect(await cli(['db:baseline', '--to', '0000_a', ...scratch])).toContain('recorded 0000_a');
    expect(await cli(['db:adopt'])).toContain('nothing to adopt');
  });

  it('find drift with an embedded server of their own, and end with 6', async () => {
    expect(await cli(['db:drift'])).toContain('no drift');
    await database.query('CREATE INDEX by_hand ON a (id)');
    expect(await cli(['db:drift', ...scratch], 6)).toContain('- table a: index by_hand is not expected');
    expect(JSON.parse(await cli(['db:drift', '--json', ...scratch], 6))).toMatchObject({
      applied: ['0000_a'],
      differences: [{ change: 'unexpected', object: 'table a: index by_hand' }],
    });
    await database.query('DROP INDEX by_hand');
  });

  it('tell what a step would do, without doing it', async () => {
    await folder.add('0001_b', 'ALTER TABLE a ALTER title TYPE varchar(20);\nCREATE TABLE b (id int);');
    const told = await cli(['db:plan']);
    expect(told).toMatch(/1\. ALTER TABLE a ALTER title TYPE varchar\(20\) {2}\d+ ms/);
    expect(told).toContain(
      'a (0 rows): ACCESS EXCLUSIVE (blocks reads and writes), written anew, 0 rows read',
    );
    expect(told).toContain('1 other statement takes no further lock on what was there before');
    expect(JSON.parse(await cli(['db:status', '--json']))).toMatchObject({ pending: ['0001_b'] });
  });

  it('roll back, or say why not, and refuse what they do not understand with 2', async () => {
    await cli(['db:migrate']);
    expect(await cli(['db:rollback', '--steps', '2'], 4)).toContain('0001_b has no 0001_b.down.sql');
    await folder.write('0001_b.down', 'DROP TABLE b;\nALTER TABLE a ALTER title TYPE text;');
    const told = await cli(['db:rollback'], 3);
    expect(told).toContain('DROP of the table b loses its rows, of every tenant (0 rows)');
    const key = /--confirm=(0001_b:[0-9a-f]{8})/.exec(told)?.[1] ?? '';
    expect(await cli(['db:rollback', '--confirm', key])).toContain('rolled back 0001_b');
    expect(await cli(['db:rollback', '--steps', 'two'], 2)).toContain('--steps takes a number from 1');
    expect(await cli(['db:drift', '--scratch-url', 'nonsense'], 2)).toContain(
      '--scratch-url must start with',
    );
  });

  it('repair an edit that changes nothing', async () => {
    await folder.write('0000_a', '-- Rooms.\nCREATE TABLE a (id int, title text);');
    expect(await cli(['db:repair'])).toContain('accepted 0000_a: only comments and white space were changed');
    await folder.write('0000_a', 'CREATE TABLE a (id bigint, title text);');
    expect(await cli(['db:repair'], 4)).toContain('says something else than what was applied');
  });
});
