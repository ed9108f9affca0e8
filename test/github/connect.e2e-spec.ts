import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signState, newSetupState, stateKeyOf } from '../../src/github/connect/setup-state.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { begin, connect, connectKnown, setup } from './desk.js';
import { CLIENT_SECRET, GithubServer } from './github-server.js';

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
