import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { MailServer } from '../support/mail-server.js';

describe('the outbox', () => {
  let mail: MailServer;
  let api: TestApp;
  let second: TestApp | undefined;
  beforeEach(async () => {
    mail = await MailServer.start();
    api = await createTestApp({ environment: { SMTP_URL: mail.url } });
  });
  afterEach(async () => {
    await second?.close();
    second = undefined;
    await api.close();
    await mail.stop();
  });

  const invite = (email: string) =>
    api.call('POST', '/v1/invitations', { as: api.acme.apiKey, body: { email, role: 'viewer' } });
  const rows = async () =>
    (
      await api.database.query(
        `SELECT recipient, status, attempts, content, last_error, sent_at IS NOT NULL AS sent FROM mail_outbox ORDER BY id`,
      )
    ).rows;
  const comeDue = () =>
    api.database.query(`UPDATE mail_outbox SET next_attempt_at = now(); NOTIFY rowhouse_mail`);

  it('sends a mail once, and forgets what it said', async () => {
    await invite('a@people.example');
    await eventually(async () =>
      expect(await rows()).toMatchObject([{ status: 'sent', sent: true, content: null, attempts: 1 }]),
    );
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]!.messageId).toMatch(/^<[0-9a-f-]{36}@rowhouse>$/);
  });

  it('sends nothing that was rolled back', async () => {
    await invite('a@people.example');
    expect((await invite('a@people.example')).status).toBe(409);
    await eventually(async () => expect(await rows()).toMatchObject([{ status: 'sent' }]));
    expect(mail.mails).toHaveLength(1);
  });

  it('tries again where the server fails for now', async () => {
    mail.refuse = { code: 451, message: 'greylisted' };
    await invite('a@people.example');
    await eventually(async () =>
      expect(await rows()).toMatchObject([
        { status: 'queued', attempts: 1, last_error: expect.stringContaining('greylisted') },
      ]),
    );
    mail.refuse = undefined;
    await comeDue();
    await eventually(async () =>
      expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2, last_error: null }]),
    );
  });

  it('gives up where the server will never take it', async () => {
    mail.refuse = { code: 550, message: 'no such mailbox' };
    await invite('a@people.example');
    await eventually(async () =>
      expect(await rows()).toMatchObject([{ status: 'failed', attempts: 1, content: null }]),
    );
  });

  it('keeps mails while the server is away', async () => {
    const port = new URL(mail.url).port;
    await mail.stop();
    expect((await invite('a@people.example')).status).toBe(201);
    await eventually(async () => expect(await rows()).toMatchObject([{ status: 'queued', attempts: 1 }]));
    mail = await MailServer.start(Number(port));
    await comeDue();
    await eventually(async () => expect(await rows()).toMatchObject([{ status: 'sent' }]));
  });

  it('is emptied by two instances without sending twice', async () => {
    second = await createTestApp({ sharing: api, environment: { SMTP_URL: mail.url } });
    const addresses = Array.from({ length: 30 }, (_, index) => `p${index}@people.example`);
    await Promise.all(addresses.map(invite));
    await eventually(async () =>
      expect((await rows()).filter(({ status }) => status === 'sent')).toHaveLength(30),
    );
    expect(mail.mails.map(({ to }) => to![0]!.address).sort()).toEqual(addresses.sort());
  });
});

describe('without a mail server', () => {
  it('mails wait in the outbox', async () => {
    const api = await createTestApp();
    const body = { email: 'a@people.example', role: 'viewer' };
    expect((await api.call('POST', '/v1/invitations', { as: api.acme.apiKey, body })).status).toBe(201);
    const { rows } = await api.database.query(`SELECT status, attempts FROM mail_outbox`);
    expect(rows).toEqual([{ status: 'queued', attempts: 0 }]);
    await api.close();
  });
});
