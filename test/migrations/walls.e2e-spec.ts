import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateSteps } from '../../src/migrations/index.js';
import { renewSums } from '../../src/migrations/generate/renew-sums.js';
import { CliProject } from '../support/cli-project.js';
import { type MigrationsCopy, copyOfMigrations } from '../support/migrations-copy.js';
import { createEmptyDatabase, type EmptyDatabase } from '../support/migrations.js';

const open = 'ALTER TABLE "invitations" NO FORCE ROW LEVEL SECURITY;\n';

describe("the service's own steps, as processes", () => {
  let project: CliProject;
  let folder: MigrationsCopy;
  let database: EmptyDatabase;
  let tag: string;
  beforeAll(async () => {
    [project, folder, database] = await Promise.all([
      CliProject.create({ hasWalls: true }),
      copyOfMigrations(),
      createEmptyDatabase(),
    ]);
    await project.use(folder.path);
  });
  afterAll(async () => {
    await project.remove();
    await folder.remove();
    await database.drop();
  });

  const cli = (args: string[], exit?: number) => project.finish(database.migratorUrl, args, exit);
  const writeStep = async (sql: string) => {
    await writeFile(join(folder.path, `${tag}.sql`), sql);
    await renewSums(folder.path);
  };
  const isForced = async () =>
    (await database.query(`SELECT relforcerowsecurity AS forced FROM pg_class WHERE relname = 'invitations'`))
      .rows[0]?.['forced'];

  it('build all walls, on a new database without a question', async () => {
    await cli(['db:migrate']);
    expect(await cli(['db:audit'])).toContain('The walls stand');
  });

  it('are not followed by one that opens a wall: not without a reason, not without its key, and not with both', async () => {
    const [step] = await generateSteps(folder.path, {}, { isCustom: true, name: 'open' });
    tag = step!.tag;
    await writeStep(open);
    expect(await cli(['db:migrate'], 3)).toContain('-- rowhouse:confirm force-removed');
    await writeStep(`-- rowhouse:confirm force-removed invitations reason="a test"\n${open}`);
    const told = await cli(['db:migrate'], 3);
    const broken = await cli(['db:migrate', '--confirm', keyIn(told)], 8);
    expect(broken).toContain('A06: invitations');
    expect(broken).toContain('was not committed');
    expect(await isForced()).toBe(true);
    expect(await cli(['db:status'])).toMatch(new RegExp(`${tag} +(failed|pending)`));
  });

  it('end with 8 where a wall was broken by hand, also with nothing to apply', async () => {
    await writeStep('SELECT 1;');
    await cli(['db:migrate']);
    await database.query(open);
    expect(await cli(['db:audit'], 8)).toContain('A06');
    expect(await cli(['db:migrate'], 8)).toContain('A06: invitations');
    await database.query('ALTER TABLE invitations FORCE ROW LEVEL SECURITY');
    await cli(['db:migrate']);
  });

  it('go back, though the code declares more than is there then, and forth again', async () => {
    await writeFile(join(folder.path, `${tag}.down.sql`), '-- Nothing to undo: it only asks.\n');
    await renewSums(folder.path);
    const back = ['db:rollback', '--steps', '2'];
    const told = await cli([...back, '--confirm', keyIn(await cli(back, 3))]);
    expect(told).toContain(`rolled back ${tag}\nrolled back `);
    await cli(['db:migrate']);
    expect(await cli(['db:audit'])).toContain('The walls stand');
  });
});

const keyIn = (told: string) => /--confirm=(\S+:[0-9a-f]{8})/.exec(told)?.[1] ?? '';
