import { afterEach, describe, expect, it } from '@jest/globals';
import { ExitCode, migrate, withClient } from '../../src/migrations/index.js';
import { MigrationSuite } from '../support/migration-suite.js';
import { hasPgbouncer, Pgbouncer } from '../support/pgbouncer.js';

const whereInstalled = hasPgbouncer ? describe : describe.skip;

whereInstalled('migrating through PgBouncer', () => {
  const suite = new MigrationSuite();
  let pooler: Pgbouncer;
  afterEach(() => pooler.stop());

  const throughPooler = () =>
    migrate({ connectionString: pooler.through(suite.database.migratorUrl) }, { folder: suite.folder.path });

  it('in session mode works', async () => {
    pooler = await Pgbouncer.start(suite.database.migratorUrl, 'session');
    await suite.folder.add('0002_c', '-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);');
    expect((await throughPooler()).applied).toHaveLength(3);
  });

  it.each([
    ['', {}],
    ['that takes turns among its servers', { server_round_robin: 1, min_pool_size: 4 }],
  ])('in transaction mode %s is refused, and nothing is run', async (_, settings) => {
    pooler = await Pgbouncer.start(suite.database.migratorUrl, 'transaction', settings);
    // Some servers in the pool, as in one that is used.
    const url = pooler.through(suite.database.migratorUrl);
    await Promise.all(
      [1, 2, 3].map(() =>
        withClient({ connectionString: url }, (client) => client.query('SELECT pg_sleep(0.1)')),
      ),
    );
    await expect(throughPooler()).rejects.toMatchObject({
      exitCode: ExitCode.USAGE,
      message: expect.stringContaining('a pooler in transaction mode'),
      details: { remedy: expect.stringContaining('MIGRATION_DATABASE_URL') },
    });
    expect(await suite.tables()).toEqual([]);
  });
});
