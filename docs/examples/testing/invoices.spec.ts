import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from 'rowhouse/database';
import { type TestApp, createTestApp, describeIsolation } from 'rowhouse/testing';
import { InvoicesModule } from './invoices.module.js';
import * as schema from './invoices.schema.js';

const { invoiceLines, invoices } = schema;

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ imports: [InvoicesModule], schema });
});
afterAll(() => api.close());

it('shows an invoice to its tenant only', async () => {
  const made = await api.call('POST', '/v1/invoices', { as: api.acme.apiKey, body: { number: '2026-1' } });
  expect(made).toMatchObject({ status: 201, body: { number: '2026-1' } });
  const url = `/v1/invoices/${made.body.id}`;
  expect((await api.call('GET', url, { as: api.acme.apiKey })).status).toBe(200);
  expect((await api.call('GET', url, { as: api.globex.apiKey })).status).toBe(404);
  const initech = await api.createTenant('initech');
  expect((await api.call('GET', url, { as: initech.apiKey })).status).toBe(404);
});

describeIsolation({ table: invoices, schema, row: () => ({ number: '1' }) });

describeIsolation({
  table: invoiceLines,
  schema,
  row: async ({ db, tenantId }) => {
    const invoiceId = newId();
    await db.insert(invoices).values({ tenantId, id: invoiceId, number: '1' });
    return { invoiceId, text: 'Website' };
  },
});
