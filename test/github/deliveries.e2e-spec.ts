import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withClient } from '../../src/migrations/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import {
  type DeliveryRow,
  comeDue,
  connect,
  connectKnown,
  deliver,
  deliveriesOf,
  figureOf,
  settled,
} from './desk.js';
import { GithubServer } from './github-server.js';
import { ACCOUNT_ID, INSTALLATION_ID, type Sent, steps, tell } from './histories.js';
import { type Payload, example, examplesOf } from './payloads.js';

let github: GithubServer;
let api: TestApp;
let second: TestApp;
beforeAll(async () => {
  github = await GithubServer.start();
  api = await createTestApp({ environment: github.environment() });
  second = await createTestApp({ sharing: api, environment: github.environment() });
});
afterAll(async () => {
  await second.close();
  await api.close();
  await github.stop();
});

const ping = () => examplesOf('ping')[0];
const rowOf = async (deliveryId: string): Promise<DeliveryRow> =>
  (await deliveriesOf(api)).find((row) => row.delivery_id === deliveryId)!;
/** Sends, and waits for what becomes of it. */
const handled = async (event: string, payload: Payload): Promise<DeliveryRow> => {
  const { status, body, text } = await deliver(api, event, payload);
  if (status !== 202) throw new Error(text);
  await settled(api);
  return rowOf(body.deliveryId);
};
const forInstallation = ({ event, payload }: Sent, installationId: number): Payload =>
  JSON.parse(
    JSON.stringify(payload)
      .replaceAll(String(INSTALLATION_ID), String(installationId))
      .replaceAll(String(ACCOUNT_ID), String(installationId)),
  ) as typeof event;
const installationOf = async (id: string) =>
  (await api.call('GET', `/v1/github/installations/${id}`, { as: api.acme.apiKey })).body;
const repositoriesOf = async (id: string): Promise<string[]> =>
  (
    await api.call('GET', `/v1/github/installations/${id}/repositories?limit=100`, { as: api.acme.apiKey })
  ).body.data
    .map(({ fullName }: { fullName: string }) => fullName)
    .sort();
describe('an installation that nobody has', () => {
  it('is learnt of when a tenant connects it, in whatever order its events came', async () => {
    const { installationId, code } = github.install(1);
    const { repositories } = github.installations.get(installationId)!;
    const renamed = example('repository', 'renamed');
    Object.assign(renamed.repository, repositories[0], {
      name: 'renamed',
      updated_at: '2026-02-01T00:00:00Z',
    });
    renamed.installation.id = installationId;
    const added = example('installation_repositories', 'added');
    Object.assign(added.installation, { id: installationId, updated_at: '2026-02-02T00:00:00Z' });
    added.repositories_added = [{ id: 77, name: 'later', full_name: 'x/later', private: true }];
    expect((await handled('repository', renamed)).status).toBe('unbound');
    expect((await handled('installation_repositories', added)).status).toBe('unbound');
    const id = await connectKnown(api, { installationId, code }, api.acme.apiKey);
    await settled(api);
    const login = (await installationOf(id)).accountLogin;
    expect(await repositoriesOf(id)).toEqual([`${login}/later`, `${login}/renamed`]);
  });

  it('is learnt of all the same where its tenant’s process ended while it connected it', async () => {
    const { installationId, code } = github.install(1);
    await api.database.query('INSERT INTO github_bindings (installation_id, tenant_id) VALUES ($1, $2)', [
      installationId,
      api.acme.id,
    ]);
    const suspend = example('installation', 'suspend');
    Object.assign(suspend.installation, { id: installationId, updated_at: '2026-03-01T00:00:00Z' });
    expect((await handled('installation', suspend)).status).toBe('unbound');
    const id = await connectKnown(api, { installationId, code }, api.acme.apiKey);
    await settled(api);
    expect((await installationOf(id)).status).toBe('suspended');
  });

  it('is nobody’s again once it is disconnected', async () => {
    const { installationId, id } = await connect(api, github, api.acme.apiKey);
    await api.call('DELETE', `/v1/github/installations/${id}`, { as: api.acme.apiKey });
    const suspend = example('installation', 'suspend');
    suspend.installation.id = installationId;
    expect((await handled('installation', suspend)).status).toBe('unbound');
  });
});

describe('a connected installation', () => {
  const ends = async (order: Sent[], onHalf: () => Promise<unknown>) => {
    const { installationId, id } = await connect(api, github, api.acme.apiKey, 0);
    for (const [index, sent] of order.entries()) {
      if (index === Math.floor(order.length / 2)) await onHalf();
      await deliver(index % 2 ? api : second, sent.event, forInstallation(sent, installationId));
    }
    await comeDue(api);
    await eventually(async () => {
      await comeDue(api);
      await settled(api);
    });
    const { rows } = await api.database.query(
      `SELECT i.status, i.account_login_rank, i.permissions, i.suspended_at, i.uninstalled_at, i.provider_updated_at,
              r.repository_id, r.name, r.private, r.default_branch, r.removed_at, r.membership_at, r.details_at
         FROM github_installations i LEFT JOIN github_installation_repositories r ON r.installation_row_id = i.id
        WHERE i.id = $1 ORDER BY r.repository_id`,
      [id],
    );
    return rows;
  };
  /** Takes the connections of both processes away, wherever they are. */
  const crash = () =>
    api.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename IN ('rowhouse_app', 'rowhouse_control')`,
    );

  it('ends in one state, in whatever order its events come, twice, to two processes that lose the database', async () => {
    const orders = steps(8).chain((history) => {
      const { sent } = tell(history);
      const all = [...sent, ...sent];
      return fc.record({
        one: fc.shuffledSubarray(all, { minLength: all.length }),
        other: fc.shuffledSubarray(sent, { minLength: sent.length }),
      });
    });
    await fc.assert(
      fc.asyncProperty(orders, async ({ one, other }) => {
        const nothing = () => Promise.resolve();
        expect(await ends(one, crash)).toEqual(await ends(other, nothing));
      }),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('tells the tenant’s audit log what GitHub changed, and nothing where nothing changed', async () => {
    const { installationId, id } = await connect(api, github, api.acme.apiKey, 2);
    const suspend = example('installation', 'suspend');
    Object.assign(suspend.installation, { id: installationId, updated_at: '2026-03-01T00:00:00Z' });
    await handled('installation', suspend);
    await handled('installation', suspend);
    const { body } = await api.call(
      'GET',
      `/v1/audit-log?entityId=${id}&action=github_installations.observe`,
      {
        as: api.acme.apiKey,
      },
    );
    expect(body.data).toMatchObject([
      {
        actorType: 'system',
        actorId: 'github',
        oldValues: { status: 'active' },
        newValues: { status: 'suspended' },
      },
    ]);
    expect((await installationOf(id)).status).toBe('suspended');
  });
});

describe('the workers', () => {
  it('of two processes never handle one delivery twice', async () => {
    const count = async () => {
      const figures = await Promise.all(
        [api, second].map((app) => figureOf(app, 'github_deliveries_total', { outcome: 'processed' })),
      );
      return figures.reduce((sum, figure) => sum + figure, 0);
    };
    await settled(api);
    const before = await count();
    const sent = await Promise.all(Array.from({ length: 60 }, () => deliver(api, 'ping', ping())));
    const ids = sent.map(({ body }) => body.deliveryId);
    const rows = (await settled(api)).filter((row) => ids.includes(row.delivery_id));
    expect(rows).toHaveLength(60);
    expect(rows.filter(({ status, attempts }) => status === 'processed' && attempts === 1)).toHaveLength(60);
    await eventually(async () => expect((await count()) - before).toBe(60));
  });

  it('that are killed in the middle leave the delivery to whoever comes next', async () => {
    const { installationId, id } = await connect(api, github, api.acme.apiKey, 1);
    const suspend = example('installation', 'suspend');
    Object.assign(suspend.installation, { id: installationId, updated_at: '2026-03-01T00:00:00Z' });
    let deliveryId = '';
    await withClient({ connectionString: api.database.adminUrl }, async (blocker) => {
      await blocker.query('BEGIN');
      await blocker.query('SELECT FROM github_installations WHERE id = $1 FOR UPDATE', [id]);
      ({ deliveryId } = (await deliver(api, 'installation', suspend)).body);
      const waiting = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                         AND usename = 'rowhouse_app'`;
      await eventually(async () => expect((await api.database.query(waiting)).rows).toHaveLength(1));
      // Due again, and yet nobody else takes it: its row is held.
      await comeDue(api);
      await api.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND usename IN ('rowhouse_app', 'rowhouse_control')`,
      );
      await blocker.query('ROLLBACK');
    });
    await eventually(async () => {
      await comeDue(api);
      expect(await rowOf(deliveryId)).toMatchObject({ status: 'processed' });
    });
    expect((await rowOf(deliveryId)).attempts).toBeGreaterThanOrEqual(2);
    expect((await installationOf(id)).status).toBe('suspended');
  });

  it('give up a poisoned delivery after three attempts, and handle it when it is replayed', async () => {
    const { installationId, id } = await connect(api, github, api.acme.apiKey, 1);
    const suspend = example('installation', 'suspend');
    Object.assign(suspend.installation, { id: installationId, updated_at: '2026-03-01T00:00:00Z' });
    await api.database.query('REVOKE INSERT ON audit_log FROM rowhouse_app');
    const { deliveryId } = (await deliver(api, 'installation', suspend)).body;
    await eventually(async () => {
      await comeDue(api);
      const row = await rowOf(deliveryId);
      expect(row).toMatchObject({
        status: 'failed',
        attempts: 3,
        last_error: expect.stringContaining('42501'),
      });
    });
    expect(await figureOf(api, 'github_deliveries_backlog', { status: 'failed' })).toBe(1);
    const listUrl = '/v1/admin/github/deliveries?status=failed';
    const { body: list } = await api.call('GET', listUrl, { as: api.operator.apiKey });
    expect(list.data).toMatchObject([{ deliveryId, event: 'installation', lastError: expect.any(String) }]);
    expect(JSON.stringify(list)).not.toContain('payload');
    expect((await installationOf(id)).status).toBe('active');
    await api.database.query('GRANT INSERT ON audit_log TO rowhouse_app');
    const replay = (await rowOf(deliveryId)).id;
    const url = `/v1/admin/github/deliveries/${replay}/replay`;
    expect((await api.call('POST', url, { as: api.acme.apiKey })).status).toBe(403);
    expect((await api.call('POST', url, { as: api.operator.apiKey })).status).toBe(204);
    await settled(api);
    expect(await rowOf(deliveryId)).toMatchObject({ status: 'processed', attempts: 1, last_error: null });
    expect((await installationOf(id)).status).toBe('suspended');
    expect(await figureOf(api, 'github_deliveries_backlog', { status: 'failed' })).toBe(0);
  });

  it('give up a delivery that ended its process at every attempt', async () => {
    const { deliveryId } = (await deliver(api, 'ping', ping())).body;
    await settled(api);
    await api.database.query(
      `UPDATE github_deliveries SET status = 'received', attempts = 3, next_attempt_at = now() WHERE delivery_id = $1`,
      [deliveryId],
    );
    await eventually(async () =>
      expect(await rowOf(deliveryId)).toMatchObject({ status: 'failed', attempts: 3 }),
    );
  });

  it.each([
    ['no JSON', 'not json'],
    ['an installation without an id', JSON.stringify({ action: 'created', installation: {} })],
  ])('fail on %s, and go on with what comes after it', async (_, text) => {
    const { deliveryId } = (await deliver(api, 'installation', text)).body;
    const after = (await deliver(api, 'ping', ping())).body.deliveryId;
    await eventually(async () => expect((await rowOf(after)).status).toBe('processed'));
    await eventually(async () => {
      await comeDue(api);
      expect(await rowOf(deliveryId)).toMatchObject({ status: 'failed', attempts: 3 });
    });
  });
});
