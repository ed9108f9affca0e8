import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { TENANT_SLOTS, TenantDatabase, type TenantSlots, Transactions } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { WireProxy } from '../support/wire-proxy.js';

const WRITE = { access: 'write' } as const;
/** A statement may take a tenth of a second, and its server one more to say so. */
const LIMIT_MS = 10_000;

describe('a server that has gone without a word', () => {
  let proxy: WireProxy;
  let api: TestApp;
  let db: TenantDatabase;
  let transactions: Transactions;
  beforeAll(async () => {
    const database = await createTestDatabase();
    const url = new URL(database.tenantUrl);
    proxy = await WireProxy.before(url.hostname, Number(url.port));
    url.host = `127.0.0.1:${proxy.port}`;
    const environment = {
      DATABASE_URL: url.href,
      DATABASE_POOL_MAX: '1',
      DATABASE_STATEMENT_TIMEOUT_MS: '100',
      DATABASE_LOCK_TIMEOUT_MS: '100',
    };
    api = await createTestApp({ database, environment });
    db = api.app.get(TenantDatabase);
    transactions = api.app.get(Transactions);
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
    await api.database.drop();
  });

  const select = () => db.execute(sql`select 1`);
  it.each([
    [
      'a statement',
      'DATABASE_UNAVAILABLE',
      async () => {
        proxy.isFrozen = true;
        await select();
      },
    ],
    [
      'COMMIT',
      'COMMIT_OUTCOME_UNKNOWN',
      async () => {
        await select();
        proxy.isFrozen = true;
      },
    ],
    [
      'ROLLBACK',
      undefined,
      async () => {
        await select();
        proxy.isFrozen = true;
        throw new Error('of the work');
      },
    ],
  ])(
    'and owes the answer to %s is given up, and its connection replaced',
    async (_, code, work) => {
      const failure = await transactions.withTenant(api.acme.id, WRITE, work).then(
        () => undefined,
        (error: unknown) => error,
      );
      proxy.isFrozen = false;
      expect((failure as { code?: string }).code).toBe(code);
      await eventually(() => expect(api.app.get<TenantSlots>(TENANT_SLOTS).heldCount).toBe(0));
      await transactions.withTenant(api.acme.id, WRITE, async () => void (await select()));
    },
    LIMIT_MS,
  );
});
