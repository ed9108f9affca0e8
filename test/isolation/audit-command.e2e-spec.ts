import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { childEnvironment } from '../support/child-environment.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('db:audit', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  /** The built command, as an operator starts it. */
  const audit = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = {
        ...childEnvironment(),
        NODE_ENV: 'test',
        MIGRATION_DATABASE_URL: database.migratorUrl,
      };
      const child = execFile(
        process.execPath,
        ['dist/cli.js', 'db:audit', ...args],
        { cwd: root, env },
        (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  it('ends with 0 where the walls stand', async () => {
    expect(await audit()).toEqual({ code: 0, stdout: 'The walls stand: no findings\n', stderr: '' });
    expect(await audit('--json')).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  it('ends with 0 and a warning where a wall is only weak', async () => {
    await database.query('CREATE RULE quiet AS ON DELETE TO api_keys DO INSTEAD NOTHING');
    const { code, stdout } = await audit();
    await database.query('DROP RULE quiet ON api_keys');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning A19: api_keys has the rewrite rule quiet\./);
  });

  it('ends with 8 where one is open, and says how to mend it', async () => {
    await database.query('ALTER TABLE api_keys DISABLE ROW LEVEL SECURITY');
    const [words, json] = [await audit(), await audit('--json')];
    await database.query('ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY');
    expect([words.code, json.code]).toEqual([8, 8]);
    expect(words.stdout).toContain('To mend it: ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY');
    expect(JSON.parse(json.stdout)).toMatchObject([
      { rule: 'A05', severity: 'blocking', object: 'api_keys', remedy: expect.any(String) },
    ]);
  });
});
