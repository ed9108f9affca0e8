import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

/** web has two versions and runs nowhere; there are two environments. */
async function webHasTwoVersions(): Promise<Scenario> {
  const shop = new Scenario(api);
  await shop.environments('test', 'production');
  await shop.versions('web@1.0.0', 'web@1.1.0');
  return shop;
}

/** `web@1.0.0 in test, active` per deployment, in the order of the list. */
const linesOf = ({ body }: { body: { data: Record<string, unknown>[] } }) =>
  body.data.map(
    ({ service, version, environment, active }) =>
      `${service as string}@${version as string} in ${environment as string}${active ? ', active' : ''}`,
  );

describe('recording a deployment', () => {
  it('answers it with who deployed it, and when', async () => {
    const shop = await webHasTwoVersions();
    const answer = await shop.deploy('web@1.0.0', 'test', { gitSha: '9fceb02d' });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        service: 'web',
        version: '1.0.0',
        environment: 'test',
        active: true,
        created: true,
        undeployedAt: null,
        gitSha: '9fceb02d',
        deployedBy: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(Math.abs(Date.now() - Date.parse(answer.body.deployedAt))).toBeLessThan(60_000);
  });

  it.each([
    ['service', 'nobody@1.0.0', 'test', 'SERVICE_NOT_FOUND'],
    ['version', 'web@3.0.0', 'test', 'VERSION_NOT_FOUND'],
    ['environment', 'web@1.0.0', 'nowhere', 'ENVIRONMENT_NOT_FOUND'],
  ] as const)('refuses an unknown %s, and leaves nothing', async (_, participant, environment, code) => {
    const shop = await webHasTwoVersions();
    expect(await shop.deploy(participant, environment)).toMatchObject({ status: 404, body: { code } });
    expect(linesOf(await shop.deployments({ service: 'web' }))).toEqual([]);
  });

  it('of what runs there already answers the active one with 200, and changes nothing', async () => {
    const shop = await webHasTwoVersions();
    const first = await shop.deploy('web@1.0.0', 'test', { gitSha: 'aaaa' });
    const again = await shop.deploy('web@1.0.0', 'test', { gitSha: 'bbbb' });
    expect(again).toMatchObject({ status: 200, body: { ...first.body, created: false } });
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expect(linesOf(await shop.deployments({ service: 'web' }))).toEqual(['web@1.0.0 in test, active']);
  });

  it('ends the one before in that environment, and in no other', async () => {
    const shop = await webHasTwoVersions();
    await shop.deployed('web@1.0.0', 'test', 'production');
    await shop.deployed('web@1.1.0', 'test');
    const list = await shop.deployments({ service: 'web' });
    expect(linesOf(list)).toEqual([
      'web@1.1.0 in test, active',
      'web@1.0.0 in production, active',
      'web@1.0.0 in test',
    ]);
    expect(list.body.data.map(({ undeployedAt }: { undeployedAt: unknown }) => undeployedAt)).toEqual([
      null,
      null,
      expect.stringMatching(/^\d{4}-/),
    ]);
  });

  it('of an older version is a roll-back: a deployment of its own', async () => {
    const shop = await webHasTwoVersions();
    await shop.deployed('web@1.0.0', 'test');
    await shop.deployed('web@1.1.0', 'test');
    expect((await shop.deploy('web@1.0.0', 'test')).status).toBe(201);
    expect(linesOf(await shop.deployments({ service: 'web' }))).toEqual([
      'web@1.0.0 in test, active',
      'web@1.1.0 in test',
      'web@1.0.0 in test',
    ]);
  });
});

describe('undeploying', () => {
  it('ends the deployment; a second time changes nothing', async () => {
    const shop = await webHasTwoVersions();
    const { body } = await shop.deploy('web@1.0.0', 'test');
    const first = await shop.call('POST', `/deployments/${body.id}/undeploy`);
    expect(first).toMatchObject({ status: 200, body: { active: false } });
    const again = await shop.call('POST', `/deployments/${body.id}/undeploy`);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expect((await shop.call('GET', `/deployments/${body.id}`)).body).toEqual(first.body);
  });

  it('leaves the place free: the same version can be deployed again', async () => {
    const shop = await webHasTwoVersions();
    await shop.deployed('web@1.0.0', 'test');
    await shop.undeployed('web', 'test');
    expect((await shop.deploy('web@1.0.0', 'test')).status).toBe(201);
    expect(linesOf(await shop.deployments({ service: 'web', active: true }))).toEqual([
      'web@1.0.0 in test, active',
    ]);
  });

  it('of one that was replaced does not touch the one that runs', async () => {
    const shop = await webHasTwoVersions();
    const { body } = await shop.deploy('web@1.0.0', 'test');
    await shop.deployed('web@1.1.0', 'test');
    await shop.call('POST', `/deployments/${body.id}/undeploy`);
    expect(linesOf(await shop.deployments({ service: 'web', active: true }))).toEqual([
      'web@1.1.0 in test, active',
    ]);
  });

  it.each(['GET', 'POST'])(
    'refuses what does not exist, and what is another tenant’s (%s)',
    async (method) => {
      const shop = await webHasTwoVersions();
      const { body } = await shop.deploy('web@1.0.0', 'test');
      const url = (id: string) => `/deployments/${id}${method === 'POST' ? '/undeploy' : ''}`;
      const notFound = { status: 404, body: { code: 'DEPLOYMENT_NOT_FOUND' } };
      expect(await shop.call(method, url('0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60'))).toMatchObject(notFound);
      expect(await shop.as(api.globex.apiKey).call(method, url(body.id))).toMatchObject(notFound);
    },
  );
});

describe('what is deployed stays', () => {
  it('the service and the environment cannot be removed until it is undeployed', async () => {
    const shop = await webHasTwoVersions();
    await shop.deployed('web@1.0.0', 'test');
    const remove = async (path: string) => (await shop.call('DELETE', path)).body?.code;
    const [service, environment] = [
      `/services/${shop.nameOf('web')}`,
      `/environments/${shop.nameOf('test')}`,
    ];
    expect([await remove(service), await remove(environment)]).toEqual([
      'SERVICE_IN_USE',
      'ENVIRONMENT_IN_USE',
    ]);
    await shop.undeployed('web', 'test');
    expect([await remove(service), await remove(environment)]).toEqual([undefined, undefined]);
  });

  it('what ran there is found no more once its service or its environment is gone', async () => {
    const shop = await webHasTwoVersions();
    await shop.versions('orders@1.0.0');
    const { body } = await shop.deploy('web@1.0.0', 'test');
    const other = await shop.deploy('orders@1.0.0', 'production');
    await shop.undeployed('web', 'test');
    await shop.undeployed('orders', 'production');
    await shop.call('DELETE', `/services/${shop.nameOf('web')}`);
    await shop.call('DELETE', `/environments/${shop.nameOf('production')}`);
    for (const id of [body.id, other.body.id])
      expect((await shop.call('GET', `/deployments/${id}`)).status).toBe(404);
    await shop.environments('production');
    expect(linesOf(await shop.deployments({ environment: 'production' }))).toEqual([]);
  });
});

describe('the list', () => {
  /** Four deployments, of which two are active. */
  async function someRan(): Promise<Scenario> {
    const shop = await webHasTwoVersions();
    await shop.versions('orders@2.0.0');
    await shop.deployed('web@1.0.0', 'test');
    await shop.deployed('web@1.1.0', 'test');
    await shop.deployed('web@1.0.0', 'production');
    await shop.undeployed('web', 'production');
    await shop.deployed('orders@2.0.0', 'test');
    return shop;
  }

  it.each([
    [{ service: 'web' }, ['web@1.0.0 in production', 'web@1.1.0 in test, active', 'web@1.0.0 in test']],
    [{ environment: 'test', active: true }, ['orders@2.0.0 in test, active', 'web@1.1.0 in test, active']],
    [{ service: 'web', active: false }, ['web@1.0.0 in production', 'web@1.0.0 in test']],
    [{ service: 'web', environment: 'production', active: true }, []],
  ])('is filtered by %j', async (query: Record<string, string | boolean>, expected) => {
    const shop = await someRan();
    expect(linesOf(await shop.deployments(query))).toEqual(expected);
  });

  it('of a service answers the same', async () => {
    const shop = await someRan();
    const answer = await shop.call('GET', `/services/${shop.nameOf('web')}/deployments`);
    expect(answer.body).toEqual((await shop.deployments({ service: 'web' })).body);
    expect((await shop.call('GET', '/services/nobody/deployments')).body.code).toBe('SERVICE_NOT_FOUND');
  });

  it('comes in pages, none twice and none left out', async () => {
    const shop = await someRan();
    const first = await shop.deployments({ service: 'web', limit: 2 });
    const second = await shop.deployments({ service: 'web', limit: 2, after: first.body.page.next });
    expect([...linesOf(first), ...linesOf(second)]).toEqual(
      linesOf(await shop.deployments({ service: 'web' })),
    );
    expect(second.body.page.next).toBeNull();
  });

  it('refuses an unknown service, an unknown environment and a word that is no boolean', async () => {
    const shop = await someRan();
    expect((await shop.deployments({ service: 'nobody' })).body.code).toBe('SERVICE_NOT_FOUND');
    expect((await shop.deployments({ environment: 'nowhere' })).body.code).toBe('ENVIRONMENT_NOT_FOUND');
    expect((await shop.deployments({ active: 'maybe' })).status).toBe(400);
  });
});
