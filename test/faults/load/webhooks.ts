import { createHash, createHmac } from 'node:crypto';
import type { TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import type { Tenant } from '../world/tenants.js';
import type { Request } from './exchange.js';

/** Of all servers of a world. */
export const WEBHOOK_SECRET = 'the-secret-of-webhooks-of-the-fault-tests';
const AT = '2026-01-01T00:00:00.000Z';
const SETTLED_MS = 60_000;

/** GitHub tells that an installation has one repository more, which is called by the marker. */
export function repositoryAdded(marker: string, { slug }: Tenant): Omit<Request, 'idempotencyKey'> {
  const body = {
    action: 'added',
    installation: {
      id: idOf(slug),
      account: { id: idOf(slug), login: slug, type: 'Organization' },
      target_type: 'Organization',
      repository_selection: 'selected',
      updated_at: AT,
    },
    repositories_added: [{ id: idOf(marker), name: marker, private: true }],
  };
  const mac = createHmac('sha256', WEBHOOK_SECRET).update(JSON.stringify(body)).digest('hex');
  const headers = {
    'x-github-event': 'installation_repositories',
    'x-github-delivery': marker,
    'x-hub-signature-256': `sha256=${mac}`,
  };
  return { method: 'POST', path: '/v1/webhooks/github', body, headers };
}

/** Every tenant has an installation, as if it had connected it. */
export async function bindInstallations(database: TestDatabase, tenants: readonly Tenant[]): Promise<void> {
  for (const { id, slug } of tenants) {
    await database.query('INSERT INTO github_bindings (installation_id, tenant_id) VALUES ($1, $2)', [
      idOf(slug),
      id,
    ]);
    await database.query(
      `INSERT INTO github_installations (tenant_id, id, installation_id, account_id, account_login, account_login_at,
         account_login_rank, account_type, target_type, repository_selection, status, provider_updated_at, provider_rank,
         connected_by)
       VALUES ($1, gen_random_uuid(), $2, $2, $3, $4, 0, 'Organization', 'Organization', 'selected', 'active', $4, 0, 'test')`,
      [id, idOf(slug), slug, AT],
    );
  }
}

/** Waits until all that was acknowledged is handled. What failed three times is sent on its way again, as operators do. */
export async function handleDeliveries(database: TestDatabase): Promise<void> {
  await database.query(
    `UPDATE github_deliveries SET status = 'received', attempts = 0, next_attempt_at = now()
      WHERE status IN ('received', 'failed')`,
  );
  await eventually(async () => {
    const { rows } = await database.query(
      `SELECT delivery_id, status, attempts, last_error FROM github_deliveries WHERE status IN ('received', 'failed')`,
    );
    if (rows.length > 0) throw new Error(`${rows.length} are not handled: ${JSON.stringify(rows[0])}`);
  }, SETTLED_MS);
}

/** 48 bits of a text's digest: an id, the same each time. */
const idOf = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, 6);
