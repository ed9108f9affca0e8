import { expect, it } from '@jest/globals';
import { createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { RawClient, listen } from '../support/raw-client.js';
import { SlowModule } from '../support/slow.module.js';

it('a request in flight at the end is answered, and its connection does not keep the server from ending', async () => {
  const api = await createTestApp({ imports: [SlowModule] });
  const client = await RawClient.to(await listen(api.app));
  client.send(
    'POST /v1/slow/elsewhere HTTP/1.1',
    'Host: x',
    `Authorization: Bearer ${api.acme.apiKey}`,
    'Content-Type: application/json',
    'Content-Length: 15',
    '',
    '{"title":"one"}',
  );
  await eventually(async () => {
    const { rows } = await api.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'rowhouse_app' AND xact_start IS NOT NULL`,
    );
    expect(rows).toHaveLength(1);
  });
  await api.close(); // far sooner than a connection that is kept alive ends
  expect(await client.answer()).toMatchObject({
    status: 201,
    headers: { connection: 'close' },
    body: { done: true },
  });
}, 20_000);
