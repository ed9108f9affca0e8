import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../support/run-cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const memos = (columns: string) => `import { text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../database/tenant-table.js';
export const memos = tenantTable('memos', { ${columns} });
`;

/** In a copy of the project, as a developer runs it, with drizzle-kit beside it. */
describe('db:generate as a process', () => {
  let project: string;
  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'rowhouse-project-'));
    for (const name of ['src', 'dist', 'drizzle', 'package.json', 'drizzle.config.ts', 'tsconfig.json'])
      await cp(join(root, name), join(project, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
    for (const folder of ['src/memos', 'dist/memos']) await mkdir(join(project, folder));
  });
  afterAll(() => rm(project, { recursive: true, force: true }));

  const declare = async (columns: string) => {
    await writeFile(join(project, 'src/memos/memos.schema.ts'), memos(columns));
    await writeFile(join(project, 'dist/memos/memos.schema.js'), memos(columns));
  };
  const run = (...args: string[]) =>
    runCli(['db:generate', ...args], { HOME: project }, { cli: join(project, 'dist/cli.js'), cwd: project });
  const drizzleKit = async (command: string) =>
    (await promisify(execFile)(join(project, 'node_modules/.bin/drizzle-kit'), [command], { cwd: project }))
      .stdout;

  it('is checked with 6 and the statements, writes, and is then in step, also in the eyes of drizzle-kit', async () => {
    await declare(`title: text('title')`);
    const check = await run('--check');
    expect(check.code).toBe(6);
    expect(check.output).toContain('CREATE TABLE "memos"');
    expect(check.output).toContain('npm run db:generate');
    const written = await run('--name', 'memos');
    expect(written).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\+ drizzle\/\d{4}_memos\.sql\n/),
    });
    expect(await run('--check')).toEqual({ code: 0, output: 'No schema changes\n' });
    expect(await drizzleKit('generate')).toContain('No schema changes');
    expect(await drizzleKit('check')).toContain('Everything');
  });

  it('ends with 2 on a possible rename without a terminal, says what to do, and that works', async () => {
    await declare(`heading: text('heading')`);
    const before = await readdir(join(project, 'drizzle'));
    const { code, output } = await run();
    expect(code).toBe(2);
    expect(output).toContain('Renamed, or dropped and created? column memos.title:heading');
    expect(await readdir(join(project, 'drizzle'))).toEqual(before);
    const [, rename = ''] = /--rename (\S+)/.exec(output) ?? [];
    const renamed = await run('--rename', rename, '--name', 'heading');
    expect(renamed.code).toBe(0);
    const [, file = ''] = /\+ (\S+\.sql)/.exec(renamed.output) ?? [];
    expect(await readFile(join(project, file), 'utf8')).toContain('RENAME COLUMN "title" TO "heading"');
    expect(await drizzleKit('generate')).toContain('No schema changes');
  });
});
