import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signState, newSetupState, stateKeyOf } from '../../src/github/connect/setup-state.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { begin, connect, connectKnown, setup } from './desk.js';
import { CLIENT_SECRET, type Fault, GithubServer } from './github-server.js';

let github: GithubServer;
let api: TestApp;
let acme: string;
let globex: string;
beforeAll(async () => {
  github = await GithubServer.start();
  api = await createTestApp({ environment: github.environment() });
  [acme, globex] = [api.acme.apiKey, api.globex.apiKey];
});
afterAll(async () => {
  await api.close();
  await github.stop();
});
beforeEach(() => {
  github.fault = () => undefined;
});

const codeOf = ({ status, body }: Answer) => `${status} ${body?.code ?? ''}`.trim();
const get = async (url: string, as = acme) => api.call('GET', `/v1/github/installations${url}`, { as });
const sync = async (id: string, as = acme) => api.call('POST', `/v1/github/installations/${id}/sync`, { as });
const namesOf = async (id: string, as = acme): Promise<string[]> =>
  (await get(`/${id}/repositories?limit=100`, as)).body.data.map(({ name }: { name: string }) => name).sort();
const install = (query: Record<string, string | number>, as = acme) =>
  setup(api, as, { setup_action: 'install', ...query });

describe('connecting an installation', () => {
  it('leads to GitHub’s page and back, and shows what GitHub knows', async () => {
    const { installationId, code } = github.install(5);
    const started = await api.call('POST', '/v1/github/installations/start', { as: acme });
    expect(started.body.url).toMatch(
      /^https:\/\/github\.com\/apps\/rowhouse-test\/installations\/new\?state=/,
    );
    const state = new URL(started.body.url).searchParams.get('state')!;
    const { status, body } = await install({ installation_id: installationId, state, code });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      installationId,
      accountId: installationId,
      accountLogin: `octo-${installationId}`,
      status: 'active',
      suspendedAt: null,
      providerUpdatedAt: '2026-01-01T00:00:00.000Z',
    });
    // In three pages.
    expect(await namesOf(body.id)).toEqual(['repo-1', 'repo-2', 'repo-3', 'repo-4', 'repo-5']);
    const { body: page } = await get(`/${body.id}/repositories?limit=2`);
    expect(page.data).toHaveLength(2);
    const { body: rest } = await get(`/${body.id}/repositories?limit=100&after=${page.page.next}`);
    expect(rest.data).toHaveLength(3);
    expect((await get('')).body.data[0]).toMatchObject({ id: body.id, installationId });
  });

  it('refuses an installation that GitHub does not count among those of the person', async () => {
    const { installationId } = github.install(1);
    const mine = github.install(1);
    const attempt = { state: await begin(api, acme), code: mine.code };
    expect(codeOf(await install({ ...attempt, installation_id: installationId }))).toBe(
      '403 INSTALLATION_FORBIDDEN',
    );
    const state = await begin(api, acme);
    const code = github.codeFor(mine.installationId);
    expect(codeOf(await install({ state, code, installation_id: 404_404 }))).toBe(
      '403 INSTALLATION_FORBIDDEN',
    );
    expect(
      (await get('')).body.data.map((row: { installationId: number }) => row.installationId),
    ).not.toContain(installationId);
  });

  it('refuses a code that GitHub does not know, or that was used before', async () => {
    const { installationId, code } = github.install(1);
    const refused = await install({
      installation_id: installationId,
      state: await begin(api, acme),
      code: 'x',
    });
    expect(codeOf(refused)).toBe('403 GITHUB_CODE_REFUSED');
    await connectKnown(api, { installationId, code }, acme);
    const again = await install({ installation_id: installationId, state: await begin(api, acme), code });
    expect(codeOf(again)).toBe('403 GITHUB_CODE_REFUSED');
  });

  it('refuses a state that was used before, also where it was in vain', async () => {
    const { installationId, code } = github.install(1);
    const state = await begin(api, acme);
    expect(codeOf(await install({ installation_id: installationId, state, code: 'x' }))).toBe(
      '403 GITHUB_CODE_REFUSED',
    );
    const again = await install({ installation_id: installationId, state, code });
    expect(codeOf(again)).toBe('400 GITHUB_STATE_INVALID');
  });

  it('lets one of two count that bring the same state at once', async () => {
    const { installationId } = github.install(1);
    const state = await begin(api, acme);
    const codes = [github.codeFor(installationId), github.codeFor(installationId)];
    const answers = await Promise.all(
      codes.map((code) => install({ installation_id: installationId, state, code })),
    );
    expect(answers.map(codeOf).sort()).toEqual(['200', '400 GITHUB_STATE_INVALID']);
  });

  it('refuses a state that is forged, over, of another person or of another tenant', async () => {
    const { installationId, code } = github.install(1);
    const { body } = await api.call('POST', '/v1/api-keys', { as: acme, body: { name: 'another' } });
    const me = (await api.call('GET', '/v1/me', { as: acme })).body.principal.id;
    const key = stateKeyOf(CLIENT_SECRET);
    const mine = newSetupState(api.acme.id, me, new Date());
    const [said, signature] = signState(mine, key).split('.') as [string, string];
    const [otherSaid] = signState({ ...mine, tenantId: api.globex.id }, key).split('.') as [string];
    const refused: [string, string][] = [
      [await begin(api, globex), acme],
      [await begin(api, acme), globex],
      [await begin(api, acme), body.apiKey],
      [signState(mine, stateKeyOf('another secret of another App')), acme],
      [signState({ ...mine, expiresAt: new Date(Date.now() - 1) }, key), acme],
      [said, acme],
      [`${said}.`, acme],
      [`${said}.${signature}.x`, acme],
      [`${otherSaid}.${signature}`, globex],
      ['x', acme],
    ];
    for (const [state, as] of refused)
      expect(codeOf(await install({ installation_id: installationId, state, code }, as))).toBe(
        '400 GITHUB_STATE_INVALID',
      );
    expect(
      codeOf(await install({ installation_id: installationId, state: `${said}.${signature}`, code })),
    ).toBe('200');
  });

  it('refuses what another tenant has, until that lets go of it', async () => {
    const { installationId, id } = await connect(api, github, acme);
    const attempt = async () =>
      install(
        {
          installation_id: installationId,
          state: await begin(api, globex),
          code: github.codeFor(installationId),
        },
        globex,
      );
    expect(codeOf(await attempt())).toBe('409 INSTALLATION_TAKEN');
    const removed = await api.call('DELETE', `/v1/github/installations/${id}`, { as: acme });
    expect(removed.status).toBe(204);
    expect(codeOf(await get(`/${id}`))).toBe('404 INSTALLATION_NOT_FOUND');
    const taken = await attempt();
    expect(codeOf(taken)).toBe('200');
    expect(await namesOf(taken.body.id, globex)).toEqual(['repo-1']);
    // Its history stays.
    const { rows } = await api.database.query(`SELECT status FROM github_installations WHERE id = $1`, [id]);
    expect(rows).toEqual([{ status: 'active' }]);
  });

  it('takes two tenants that connect one installation at once as one after the other', async () => {
    const { installationId } = github.install(1);
    const answers = await Promise.all(
      [acme, globex].map(async (as) =>
        install(
          {
            installation_id: installationId,
            state: await begin(api, as),
            code: github.codeFor(installationId),
          },
          as,
        ),
      ),
    );
    expect(answers.map(codeOf).sort()).toEqual(['200', '409 INSTALLATION_TAKEN']);
  });

  it('is the same for a tenant that connects it again', async () => {
    const { installationId, id } = await connect(api, github, acme);
    const code = github.codeFor(installationId);
    expect(await connectKnown(api, { installationId, code }, acme)).toBe(id);
  });

  it('is pending where an owner must grant it, and becomes the installation that they grant', async () => {
    const { body: keys } = await api.call('POST', '/v1/api-keys', { as: acme, body: { name: 'asks' } });
    const ask = async () =>
      setup(api, keys.apiKey, { setup_action: 'request', state: await begin(api, keys.apiKey) });
    const asked = await ask();
    expect(asked.body).toMatchObject({ status: 'pending', installationId: null, accountLogin: null });
    expect((await ask()).body.id).toBe(asked.body.id);
    expect(codeOf(await sync(asked.body.id))).toBe('409 INSTALLATION_PENDING');
    const { id } = await connect(api, github, keys.apiKey);
    expect(id).toBe(asked.body.id);
    expect((await get(`/${id}`)).body.status).toBe('active');
  });

  it('says what is missing in what GitHub came back with', async () => {
    const state = await begin(api, acme);
    expect(codeOf(await install({ state }))).toBe('400 GITHUB_INSTALLATION_MISSING');
    expect(codeOf(await install({ state, installation_id: 1 }))).toBe('400 GITHUB_CODE_MISSING');
    for (const installation_id of ['-1', '0', '1e3', '99999999999999999999'])
      expect(codeOf(await install({ state, installation_id }))).toBe('400 VALIDATION_FAILED');
  });

  it('is shown suspended, without repositories, where GitHub has suspended it', async () => {
    const { installationId, code } = github.install(1);
    const { installation } = github.installations.get(installationId)!;
    installation.suspended_at = '2026-01-02T00:00:00Z';
    installation.suspended_by = { login: 'octo-boss' };
    const id = await connectKnown(api, { installationId, code }, acme);
    expect((await get(`/${id}`)).body).toMatchObject({ status: 'suspended', suspendedBy: 'octo-boss' });
    expect(await namesOf(id)).toEqual([]);
  });
});

describe('a sync', () => {
  it('counts what came, went and changed, and then nothing', async () => {
    const { installationId, id } = await connect(api, github, acme, 3);
    const known = github.installations.get(installationId)!;
    const [first, second] = known.repositories;
    second.name = 'renamed';
    known.repositories = [second, github.repository(installationId, 8), github.repository(installationId, 9)];
    expect((await sync(id)).body).toEqual({ added: 2, removed: 2, updated: 1 });
    expect(await namesOf(id)).toEqual(['renamed', 'repo-8', 'repo-9']);
    expect((await sync(id)).body).toEqual({ added: 0, removed: 0, updated: 0 });
    known.repositories.push(first);
    expect((await sync(id)).body).toEqual({ added: 1, removed: 0, updated: 0 });
  });

  it('finds that the App was uninstalled', async () => {
    const { installationId, id } = await connect(api, github, acme, 2);
    github.installations.delete(installationId);
    expect((await sync(id)).body).toEqual({ added: 0, removed: 2, updated: 0 });
    expect((await get(`/${id}`)).body.status).toBe('deleted');
    expect(codeOf(await sync(id))).toBe('409 INSTALLATION_GONE');
  });

  it('asks again where something changed while GitHub answered', async () => {
    const { installationId, id } = await connect(api, github, acme, 1);
    let looks = 0;
    github.fault = (request) => {
      if (request === 'GET /installation/repositories' && looks++ === 0) {
        void api.database.query(`UPDATE github_installations SET updated_at = now() WHERE id = $1`, [id]);
        return { status: 502 }; // a moment later it is asked again, and by then the row is another
      }
      return undefined;
    };
    github.installations.get(installationId)!.repositories.push(github.repository(installationId, 2));
    expect((await sync(id)).body).toEqual({ added: 1, removed: 0, updated: 0 });
    expect(looks).toBe(3);
  });
});

describe('a service', () => {
  const call = async (method: string, url: string, body: object, as = acme) =>
    api.call(method, `/v1/services${url}`, { as, body });

  it('names a repository of its tenant, and follows it when it is renamed', async () => {
    const { installationId, id } = await connect(api, github, acme, 1);
    const name = `octo-${installationId}/repo-1`;
    const made = await call('POST', '', { name: 'web', repository: name.toUpperCase() });
    expect(made.body).toMatchObject({ name: 'web', repository: name });
    const [repository] = github.installations.get(installationId)!.repositories;
    repository.name = 'renamed';
    await sync(id);
    const renamed = `octo-${installationId}/renamed`;
    expect((await api.call('GET', '/v1/services/web', { as: acme })).body.repository).toBe(renamed);
    const { body: list } = await api.call('GET', '/v1/services', { as: acme });
    expect(list.data).toMatchObject([{ name: 'web', repository: renamed }]);
    expect(codeOf(await call('PATCH', '/web', { repository: name }))).toBe('422 REPOSITORY_UNKNOWN');
    expect((await call('PATCH', '/web', { repository: null })).body.repository).toBeNull();
    expect((await call('PATCH', '/web', { repository: renamed })).body.repository).toBe(renamed);
    // Of an installation that is gone there is nothing to be named.
    await api.call('DELETE', `/v1/github/installations/${id}`, { as: acme });
    expect((await call('PATCH', '/web', { description: 'x' })).body.repository).toBeNull();
  });

  it('cannot name a repository of another tenant', async () => {
    const { installationId } = await connect(api, github, acme, 1);
    const repository = `octo-${installationId}/repo-1`;
    expect(codeOf(await call('POST', '', { name: 'stolen', repository }, globex))).toBe(
      '422 REPOSITORY_UNKNOWN',
    );
    expect(codeOf(await call('POST', '', { name: 'odd', repository: 'no name' }))).toBe(
      '400 VALIDATION_FAILED',
    );
  });
});

describe('GitHub', () => {
  let id: string;
  beforeAll(async () => {
    ({ id } = await connect(api, github, acme, 1));
  });
  const failing = (fault: Fault, times = Infinity) => {
    let left = times;
    github.asked.length = 0;
    github.fault = (request) =>
      request.startsWith('GET /app/installations') && left-- > 0 ? fault : undefined;
  };
  const LIMIT = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0' };
  const inSeconds = (s: number) => String(Math.floor(Date.now() / 1_000) + s);

  it.each([
    ['that fails for a moment', { status: 502 }],
    ['that limits us for a moment', { status: 403, headers: { ...LIMIT, 'x-ratelimit-reset': '0' } }],
    ['that answers too late, once', { status: 200, delayMs: 5_000 }],
  ])('%s is asked again', async (_, fault) => {
    failing(fault, 1);
    expect(codeOf(await sync(id))).toBe('200');
  });

  it.each<[string, () => Fault, string, number]>([
    ['fails', () => ({ status: 503 }), '503 GITHUB_UNAVAILABLE', 5],
    ['is too slow', () => ({ status: 200, delayMs: 5_000 }), '503 GITHUB_UNAVAILABLE', 5],
    ['answers nonsense', () => ({ status: 200, body: { id: 'x' } }), '503 GITHUB_UNAVAILABLE', 5],
    [
      'limits us for long',
      () => ({ status: 403, headers: { ...LIMIT, 'x-ratelimit-reset': inSeconds(300) } }),
      '503 GITHUB_LIMITED',
      290,
    ],
    [
      'limits us a second time',
      () => ({ status: 429, headers: { 'retry-after': '77' }, body: { message: 'secondary rate limit' } }),
      '503 GITHUB_LIMITED',
      77,
    ],
  ])('that %s is said to be so, and changes nothing', async (_, fault, code, retryAfter) => {
    failing(fault());
    const before = (await get(`/${id}`)).body;
    const answer = await sync(id);
    expect(codeOf(answer)).toBe(code);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(retryAfter);
    expect((await get(`/${id}`)).body).toEqual(before);
  });

  it('that fails in the middle of the pages changes nothing', async () => {
    const { installationId, id: of } = await connect(api, github, acme, 5);
    let pages = 0;
    github.fault = (request) =>
      request === 'GET /installation/repositories' && ++pages > 1 ? { status: 500 } : undefined;
    github.installations.get(installationId)!.repositories.shift();
    expect(codeOf(await sync(of))).toBe('503 GITHUB_UNAVAILABLE');
    expect(await namesOf(of)).toHaveLength(5);
  });

  it('that does not take our key any more is told to the operators', async () => {
    github.rotateKey();
    expect(codeOf(await sync(id))).toBe('503 GITHUB_APP_REFUSED');
    const renewed = await createTestApp({ sharing: api, environment: github.environment() });
    expect((await renewed.call('POST', `/v1/github/installations/${id}/sync`, { as: acme })).status).toBe(
      200,
    );
    await renewed.close();
  });
});

describe('without a GitHub App', () => {
  it('the room says so, and shows what it knows', async () => {
    const bare = await createTestApp({ sharing: api });
    const call = async (method: string, url: string) => codeOf(await bare.call(method, url, { as: acme }));
    expect(await call('POST', '/v1/github/installations/start')).toBe('503 GITHUB_NOT_CONFIGURED');
    expect(await call('GET', '/v1/github/setup?setup_action=install&state=x')).toBe(
      '503 GITHUB_NOT_CONFIGURED',
    );
    expect(await call('GET', '/v1/github/installations')).toBe('200');
    await bare.close();
  });
});
