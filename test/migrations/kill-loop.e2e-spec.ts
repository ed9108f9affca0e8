import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CliProject } from '../support/cli-project.js';
import { MigrationSuite } from '../support/migration-suite.js';

/** `npm run test:migrations` plays more of them. */
const rounds = Number(process.env['MIGRATION_KILL_ROUNDS'] ?? 1);
const maxDelayMs = 900;

describe('db:migrate killed with -9 again and again, at any moment', () => {
  const suite = new MigrationSuite();
  let project: CliProject;
  beforeAll(async () => {
    project = await CliProject.create();
  });
  afterAll(() => project.remove());
  beforeEach(() => project.use(suite.folder.path));

  it.each(Array.from({ length: rounds }, (_, n) => n + 1))(
    'round %i: each step is there once, whole, and in both ledgers',
    async () => {
      const { folder, database } = suite;
      await folder.add('0002_count', 'CREATE TABLE counted (id int);');
      for (let n = 3; n < 9; n += 1) {
        const directive = n % 2 === 0 ? '-- rowhouse:no-transaction\n' : '';
        await folder.add(
          `000${n}_step`,
          `${directive}INSERT INTO counted VALUES (${n});\nSELECT pg_sleep(0.05);\nINSERT INTO counted VALUES (${n}0);`,
        );
      }
      await folder.add(
        '0009_index',
        '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);\nREINDEX INDEX CONCURRENTLY i;\nCREATE INDEX CONCURRENTLY j ON b (id);',
      );
      const delays: number[] = [];
      for (;;) {
        // Ever longer, so that it ends.
        const delay = Math.random() * maxDelayMs + 50 * delays.length;
        delays.push(Math.round(delay));
        const run = project.start(database.migratorUrl, 'db:migrate');
        await Promise.race([run.exit, sleep(delay, undefined, { ref: false })]);
        run.child.kill('SIGKILL');
        const code = await run.exit;
        if (code === 0) break;
        expect([code, run.output, delays]).toEqual([null, expect.any(String), delays]);
      }
      const { rows } = await database.query<{ id: number }>('SELECT id FROM counted ORDER BY id');
      const expected = [3, 4, 5, 6, 7, 8].flatMap((n) => [n, n * 10]).sort((x, y) => x - y);
      expect([delays, rows.map(({ id }) => id)]).toEqual([delays, expected]);
      expect(await suite.indexes()).toEqual([
        { name: 'i', valid: true },
        { name: 'j', valid: true },
      ]);
      const ledgers = await database.query(
        `SELECT (SELECT count(*)::int FROM rowhouse.migrations WHERE state = 'applied') AS own,
                (SELECT count(*)::int FROM drizzle.__drizzle_migrations) AS drizzle`,
      );
      expect(ledgers.rows).toEqual([{ own: 10, drizzle: 10 }]);
    },
    120_000,
  );
});
