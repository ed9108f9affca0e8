import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangeListener } from '../../src/database/index.js';
import { withClient } from '../../src/migrations/index.js';
import { TenantDirectory } from '../../src/tenancy/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { Pgbouncer, hasPgbouncer } from '../support/pgbouncer.js';
import { testLogFile } from '../support/test-logs.js';

const whereInstalled = hasPgbouncer ? describe : describe.skip;

whereInstalled('behind PgBouncer as docs/pgbouncer.md sets it up', () => {
  let direct: TestApp;
  let pooler: Pgbouncer;
  const apps: TestApp[] = [];
  beforeAll(async () => {
    direct = await createTestApp({ database: await createTestDatabase(undefined, { isDirect: true }) });
    pooler = await Pgbouncer.asDocumented([direct.database.tenantUrl, direct.database.controlUrl]);
  });
  afterAll(async () => {
    for (const app of apps) await app.close();
    await direct.close();
    await pooler?.stop();
  });

  const startPooled = async (environment: Record<string, string> = {}) => {
    const { tenantUrl, controlUrl } = direct.database;
    const app = await createTestApp({
      sharing: direct,
      environment: {
        DATABASE_URL: pooler.through(tenantUrl),
        CONTROL_DATABASE_URL: pooler.through(controlUrl),
        DATABASE_PREPARED_STATEMENTS: 'false',
        CACHE_TTL_MS: '600000',
        ...environment,
      },
    });
    apps.push(app);
    return app;
  };
  const complaints = () => readFileSync(testLogFile(), 'utf8').split('LISTEN is not heard').length - 1;

  it('hears what other processes change, past the pooler', async () => {
    const before = complaints();
    const pooled = await startPooled({ LISTEN_DATABASE_URL: direct.database.controlUrl });
    await pooled.app.get(ChangeListener).whenListening();
    const statusThere = async () => (await pooled.app.get(TenantDirectory).find(direct.acme.id))?.status;
    expect(await statusThere()).toBe('active');
    const url = `/v1/admin/tenants/${direct.acme.id}/suspend`;
    const suspended = await direct.call('POST', url, {
      as: direct.operator.apiKey,
      body: { reason: 'unpaid' },
    });
    expect(suspended.status).toBe(200);
    await eventually(async () => expect(await statusThere()).toBe('suspended'));
    expect(complaints()).toBe(before);
  });

  it('says loudly that nothing is heard through it, and serves', async () => {
    const before = complaints();
    const pooled = await startPooled();
    await eventually(() => expect(complaints()).toBe(before + 1));
    expect((await pooled.call('GET', '/v1/api-keys', { as: direct.globex.apiKey })).status).toBe(200);
  });

  it('gives every statement the time-outs that the service asks for', async () => {
    const connectionString = pooler.through(direct.database.tenantUrl);
    const { rows } = await withClient({ connectionString, statement_timeout: 1_000 }, (client) =>
      client.query(`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
        current_setting('idle_in_transaction_session_timeout') AS idle`),
    );
    expect(rows).toEqual([{ statement: '15s', lock: '5s', idle: '10s' }]);
  });
});
