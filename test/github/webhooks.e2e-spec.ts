import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OldDeliveriesSweeper } from '../../src/github/webhooks/old-deliveries.sweeper.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { runCli } from '../support/run-cli.js';
import { type DeliveryRow, deliver, deliveriesOf, settled, signatureOf } from './desk.js';
import { GithubServer } from './github-server.js';
import { type Payload, examplesOf, repositoryDeleted, targetRenamed } from './payloads.js';

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
describe('a webhook', () => {
  it('is answered with a receipt, once it is kept to the byte', async () => {
    const text = `${JSON.stringify(ping())}  \n`;
    const { status, body } = await deliver(api, 'ping', text);
    expect(status).toBe(202);
    const { rows } = await api.database.query<{ payload: Buffer }>(
      `SELECT payload FROM github_deliveries WHERE delivery_id = $1`,
      [body.deliveryId],
    );
    expect(rows[0]!.payload.toString()).toBe(text);
    await settled(api);
    expect(await rowOf(body.deliveryId)).toMatchObject({
      status: 'processed',
      attempts: 1,
      last_error: null,
    });
  });

  it('is kept once, however often it comes at once', async () => {
    const headers = { 'x-github-delivery': randomUUID() };
    const answers = await Promise.all(
      [api, second, api, second].map((app) => deliver(app, 'ping', ping(), headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    const rows = (await settled(api)).filter((row) => row.delivery_id === headers['x-github-delivery']);
    expect(rows).toMatchObject([{ status: 'processed', attempts: 1 }]);
  });

  it('is refused where another has its id, with other bytes or of another event', async () => {
    const headers = { 'x-github-delivery': randomUUID() };
    await deliver(api, 'ping', ping(), headers);
    for (const [event, payload] of [
      ['ping', { ...ping(), zen: 'Other bytes.' }],
      ['push', ping()],
    ] as const) {
      const { status, body } = await deliver(api, event, payload, headers);
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'GITHUB_DELIVERY_CONFLICT' });
    }
  });

  it('is taken with any of the secrets, while one is replaced', async () => {
    const text = JSON.stringify(ping());
    const signature = signatureOf(text, 'an-older-secret-of-the-test');
    expect((await deliver(api, 'ping', text, { 'x-hub-signature-256': signature })).status).toBe(202);
  });

  const body = JSON.stringify({ zen: 'x' });
  it.each<[string, Record<string, string>, string]>([
    [
      'another secret',
      { 'x-hub-signature-256': signatureOf(body, 'no-secret-of-ours') },
      '401 GITHUB_SIGNATURE_INVALID',
    ],
    ['other bytes', { 'x-hub-signature-256': signatureOf(`${body} `) }, '401 GITHUB_SIGNATURE_INVALID'],
    ['no digest', { 'x-hub-signature-256': 'sha256=' }, '401 GITHUB_SIGNATURE_INVALID'],
    ['SHA-1', { 'x-hub-signature-256': `sha1=${'0'.repeat(40)}` }, '401 GITHUB_SIGNATURE_INVALID'],
    [
      'upper case',
      { 'x-hub-signature-256': signatureOf(body).toUpperCase() },
      '401 GITHUB_SIGNATURE_INVALID',
    ],
    ['no signature', { 'x-hub-signature-256': '' }, '400 GITHUB_HEADERS_MISSING'],
    ['no event', { 'x-github-event': '' }, '400 GITHUB_HEADERS_MISSING'],
    ['an endless id', { 'x-github-delivery': 'x'.repeat(101) }, '400 GITHUB_HEADERS_MISSING'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, '415 UNSUPPORTED_MEDIA_TYPE'],
    ['no type', { 'content-type': '' }, '415 UNSUPPORTED_MEDIA_TYPE'],
    ['more than 25 MB', { 'content-length': String(25 * 1024 * 1024 + 1) }, '413 BODY_TOO_LARGE'],
  ])('with %s is refused', async (_, headers, code) => {
    const answer = await deliver(api, 'ping', body, headers);
    expect(`${answer.status} ${answer.body.code}`).toBe(code);
  });

  it('of 25 MB is taken, one byte more is not', async () => {
    const of = (bytes: number) => `{"zen":"${'x'.repeat(bytes - 10)}"}`;
    expect((await deliver(api, 'push', of(25 * 1024 * 1024))).status).toBe(202);
    expect((await deliver(api, 'push', of(25 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await settled(api)).at(-1)).toMatchObject({ event: 'push', status: 'ignored' });
  });

  it('of somebody who signs many in vain is answered 429, and what GitHub signed is taken all the same', async () => {
    const limited = await createTestApp({
      sharing: api,
      environment: { ...github.environment(), RATE_LIMIT_FAILED_SIGN_INS: '2' },
    });
    const forged = { 'x-hub-signature-256': signatureOf(body, 'no-secret-of-ours') };
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await deliver(limited, 'ping', body, forged)).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await deliver(limited, 'ping', body)).status).toBe(202);
    await limited.close();
  });

  it('is refused where no secret is known', async () => {
    const bare = await createTestApp({ sharing: api });
    expect((await deliver(bare, 'ping', ping())).status).toBe(503);
    await bare.close();
  });
});

describe('what GitHub really sends', () => {
  const payloads: [string, Payload][] = [
    ...['installation', 'installation_repositories', 'repository', 'ping', 'push', 'star'].flatMap((event) =>
      examplesOf(event).map((payload): [string, Payload] => [event, payload]),
    ),
    ['repository', repositoryDeleted()],
    ['installation_target', targetRenamed()],
  ];
  const expected = (event: string, { action, installation }: Payload): string => {
    if (event === 'ping') return 'processed';
    const isHandled =
      event.startsWith('installation') || ['renamed', 'transferred', 'deleted'].includes(action);
    return isHandled && event !== 'star' && installation ? 'unbound' : 'ignored';
  };

  it('is understood, or ignored, and never guessed to a tenant', async () => {
    const sent = new Map<string, [string, Payload]>();
    for (const [event, payload] of payloads)
      sent.set((await deliver(api, event, payload)).body.deliveryId, [event, payload]);
    const rows = (await settled(api)).filter(({ delivery_id: id }) => sent.has(id));
    expect(rows).toHaveLength(payloads.length);
    for (const row of rows) {
      const [event, payload] = sent.get(row.delivery_id)!;
      expect({ event, action: row.action, status: row.status }).toEqual({
        event,
        action: payload.action ?? null,
        status: expected(event, payload),
      });
      if (row.status === 'unbound') expect(row.installation_id).toBe(String(payload.installation.id));
    }
    const { rows: rowsOfTenants } = await api.database.query(
      `SELECT FROM github_installations WHERE installation_id < 5000000000`,
    );
    expect(rowsOfTenants).toEqual([]);
  });
});

describe('deliveries', () => {
  it('are forgotten after 30 days where they were handled or wait for a tenant, and neither what failed nor what is newer', async () => {
    await settled(api);
    const insert = (status: string, days: number) =>
      api.database.query(
        `INSERT INTO github_deliveries (id, delivery_id, event, digest, payload, status, received_at)
         VALUES (gen_random_uuid(), $1, 'push', '', '{}', $2, now() - make_interval(days => $3))`,
        [`${status} ${days}`, status, days],
      );
    for (const status of ['processed', 'ignored', 'unbound', 'failed'])
      for (const days of [29, 31]) await insert(status, days);
    const sweepers = [api, second].map(({ app }) => app.get(OldDeliveriesSweeper));
    const swept = await Promise.all(sweepers.map((sweeper) => sweeper.sweepAll()));
    expect(swept[0]! + swept[1]!).toBe(3);
    const left = (await deliveriesOf(api)).map((row) => row.delivery_id).filter((id) => / (29|31)$/.test(id));
    expect(left.sort()).toEqual(['failed 29', 'failed 31', 'ignored 29', 'processed 29', 'unbound 29']);
    await api.database.query(`DELETE FROM github_deliveries WHERE delivery_id ~ ' (29|31)$'`);
  });

  it('that failed are handled again on an operator’s command', async () => {
    const { deliveryId } = (await deliver(api, 'ping', ping())).body;
    await settled(api);
    const fail = () =>
      api.database.query(`UPDATE github_deliveries SET status = 'failed' WHERE delivery_id = $1`, [
        deliveryId,
      ]);
    const replay = (...args: string[]) =>
      runCli(['github:replay', ...args], { CONTROL_DATABASE_URL: api.database.controlUrl, NODE_ENV: 'test' });
    for (const args of [[deliveryId], ['--failed']]) {
      await fail();
      expect(await replay(...args)).toMatchObject({
        code: 0,
        output: expect.stringMatching(/^\d+ deliveries are/),
      });
      await eventually(async () => expect((await rowOf(deliveryId)).status).toBe('processed'));
    }
    expect(await replay('no-such-delivery')).toMatchObject({ code: 1 });
    expect(await replay()).toMatchObject({ code: 1 });
  });
});
