import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { connect } from './desk.js';
import { type Fault, GithubServer } from './github-server.js';

let github: GithubServer;
let api: TestApp;
let acme: string;
let globex: string;
beforeAll(async () => {
  github = await GithubServer.start();
  api = await createTestApp({ environment: { ...github.environment(), GITHUB_TIMEOUT_MS: '1000' } });
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
    const changeAndFail = async () => {
      await api.database.query(`UPDATE github_installations SET updated_at = now() WHERE id = $1`, [id]);
      return { status: 502 }; // a moment later it is asked again, and by then the row is another
    };
    github.fault = (request) =>
      request === 'GET /installation/repositories' && looks++ === 0 ? changeAndFail() : undefined;
    github.installations.get(installationId)!.repositories.push(github.repository(installationId, 2));
    expect((await sync(id)).body).toEqual({ added: 1, removed: 0, updated: 0 });
    expect(looks).toBe(3);
  });

  it('does not ask for what another tenant has by now, since letting go of it was only half done', async () => {
    const { installationId, id } = await connect(api, github, acme, 1);
    await api.database.query('UPDATE github_bindings SET tenant_id = $1 WHERE installation_id = $2', [
      api.globex.id,
      installationId,
    ]);
    github.installations.get(installationId)!.repositories.push(github.repository(installationId, 2));
    expect(codeOf(await sync(id))).toBe('404 INSTALLATION_NOT_FOUND');
    expect(await namesOf(id)).toEqual(['repo-1']);
    expect((await api.call('DELETE', `/v1/github/installations/${id}`, { as: acme })).status).toBe(204);
    const { rows } = await api.database.query(
      'SELECT tenant_id FROM github_bindings WHERE installation_id = $1',
      [installationId],
    );
    expect(rows).toEqual([{ tenant_id: api.globex.id }]);
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
    ['that answers too late, once', { status: 200, delayMs: 30_000 }],
  ])('%s is asked again', async (_, fault) => {
    failing(fault, 1);
    expect(codeOf(await sync(id))).toBe('200');
  });

  it.each<[string, () => Fault, string, number]>([
    ['fails', () => ({ status: 503 }), '503 GITHUB_UNAVAILABLE', 5],
    ['is too slow', () => ({ status: 200, delayMs: 30_000 }), '503 GITHUB_UNAVAILABLE', 5],
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
