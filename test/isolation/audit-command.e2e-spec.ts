import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditFinding } from '../../src/tenancy/audit/index.js';
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
  const audit = (...args: string[]) => auditWith({}, ...args);
  const auditWith = (environment: Record<string, string>, ...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = {
        ...childEnvironment(),
        NODE_ENV: 'test',
        MIGRATION_DATABASE_URL: database.migratorUrl,
        ...environment,
      };
      const child = execFile(
        process.execPath,
        ['dist/cli.js', 'db:audit', ...args],
        { cwd: root, env },
        (_, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  /** Of the server that the tests run on, and of what they need: `pg_sleep`. */
  const EXPECTED = /^warning (A01: the server is PostgreSQL|A22: sleeping )/;
  const linesOf = (text: string) =>
    text
      .trim()
      .split('\n')
      .filter((line) => !EXPECTED.test(line));

  it('ends with 0 where the walls stand, and says what it did not try', async () => {
    const { code, stdout, stderr } = await audit();
    expect([code, linesOf(stdout)]).toEqual([0, ['The walls stand: 2 warnings']]);
    expect(stderr).toBe(
      'Only the catalogue was read: with DATABASE_URL the walls are also tried with that login (A28)\n',
    );
  });

  it('ends with 8 where one is open, and also pushes against them where it has the login of the service', async () => {
    await database.query('GRANT UPDATE (tenant_id) ON api_keys TO rowhouse_app');
    const { code, stdout, stderr } = await auditWith({ DATABASE_URL: database.tenantUrl }, '--json');
    await database.query('REVOKE UPDATE (tenant_id) ON api_keys FROM rowhouse_app');
    expect([code, stderr]).toEqual([8, '']);
    const found = (JSON.parse(stdout) as AuditFinding[]).filter(({ severity }) => severity === 'blocking');
    expect(found.map(({ rule, object }) => [rule, object])).toEqual([
      ['A10', 'api_keys'],
      ['A28', 'api_keys'],
    ]);
  });
});
