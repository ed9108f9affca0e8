import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { ControlDatabase, Transactions, tenants } from '../../src/database/index.js';
import { TenantDirectory } from '../../src/tenancy/index.js';
import { type TestApp, createTestApp } from '../support/app.js';

describe('what is kept near is read in a transaction of its own', () => {
  let api: TestApp;
  let directory: TenantDirectory;
  let transactions: Transactions;
  let control: ControlDatabase;
  let tenantId: string;
  beforeAll(async () => {
    api = await createTestApp({ environment: { CACHE_TTL_MS: '600000' } });
    directory = api.app.get(TenantDirectory);
    transactions = api.app.get(Transactions);
    control = api.app.get(ControlDatabase);
  });
  afterAll(() => api.close());

  let count = 0;
  beforeEach(async () => {
    const body = { slug: `tenant-${++count}`, name: 'As committed' };
    tenantId = (await api.call('POST', '/v1/admin/tenants', { as: api.operator.apiKey, body })).body.id;
  });

  it('so that nobody is shown what was rolled back', async () => {
    const rolledBack = transactions.withControl({ access: 'write' }, async () => {
      await control.update(tenants).set({ name: 'Never' }).where(eq(tenants.id, tenantId));
      expect(await directory.find(tenantId)).toMatchObject({ name: 'As committed' });
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect(await directory.find(tenantId)).toMatchObject({ name: 'As committed' });
  });

  it('so that nobody who waits for it fails with whoever asked first', async () => {
    const abort = new AbortController();
    let second: ReturnType<TenantDirectory['find']> | undefined;
    const first = transactions.withControl({ access: 'write', signal: abort.signal }, async () => {
      const found = directory.find(tenantId);
      second = directory.find(tenantId);
      abort.abort();
      await found;
    });
    await first.catch(() => undefined);
    expect(await second).toMatchObject({ id: tenantId });
  });
});
