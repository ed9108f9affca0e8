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

  it('ends with 0 and a warning where a wall is only weak', async () => {
    await database.query('CREATE RULE quiet AS ON DELETE TO api_keys DO INSTEAD NOTHING');
    const { code, stdout } = await audit();
    await database.query('DROP RULE quiet ON api_keys');
    expect(code).toBe(0);
    expect(linesOf(stdout)).toEqual([
      expect.stringMatching(/^warning A19: api_keys has the rewrite rule quiet\./),
      'The walls stand: 3 warnings',
    ]);
  });

  it('ends with 8 where one is open, and says how to mend it: in words, as JSON, as SARIF', async () => {
    await database.query('ALTER TABLE api_keys DISABLE ROW LEVEL SECURITY');
    const runs = [await audit(), await audit('--json'), await audit('--sarif')] as const;
    await database.query('ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY');
    const [words, json, sarif] = runs;
    expect(runs.map(({ code }) => code)).toEqual([8, 8, 8]);
    expect(words.stdout).toContain('Walls are open: 1 findings block');
    expect(words.stdout).toContain('To mend it: ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY');
    const findings = JSON.parse(json.stdout) as AuditFinding[];
    expect(findings.find(({ rule }) => rule === 'A05')).toMatchObject({
      severity: 'blocking',
      object: 'api_keys',
      remedy: expect.any(String),
    });
    const [run] = (JSON.parse(sarif.stdout) as { runs: SarifRun[] }).runs;
    const result = run!.results.find(({ ruleId }) => ruleId === 'A05')!;
    expect(result).toMatchObject({
      level: 'error',
      message: { text: expect.stringContaining('ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY') },
      locations: [{ logicalLocations: [{ fullyQualifiedName: 'api_keys' }] }],
    });
    expect(run!.tool.driver.rules[result.ruleIndex]!.id).toBe('A05');
  }, 90_000);

  it('also pushes against the walls where it has the login of the service', async () => {
    const withLogin = () => auditWith({ DATABASE_URL: database.tenantUrl }, '--json');
    expect(await withLogin()).toMatchObject({ code: 0, stderr: '' });
    await database.query('GRANT UPDATE (tenant_id) ON api_keys TO rowhouse_app');
    const { code, stdout } = await withLogin();
    await database.query('REVOKE UPDATE (tenant_id) ON api_keys FROM rowhouse_app');
    expect(code).toBe(8);
    const found = (JSON.parse(stdout) as AuditFinding[]).filter(({ severity }) => severity === 'blocking');
    expect(found.map(({ rule, object }) => [rule, object])).toEqual([
      ['A10', 'api_keys'],
      ['A28', 'api_keys'],
    ]);
  });
});

interface SarifRun {
  tool: { driver: { rules: { id: string }[] } };
  results: { ruleId: string; ruleIndex: number }[];
}
