import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type PeopleApp, addressOf, createPeopleApp, nextMail, tokenIn } from './people.js';

describe('an invitation', () => {
  let api: PeopleApp;
  beforeAll(async () => {
    api = await createPeopleApp();
  });
  afterAll(() => api.close());
  afterEach(() => void api.mail.mails.splice(0));

  let count = 0;
  const someone = () => `person${++count}`;
  const invite = (subject: string, role = 'member', as = api.acme.apiKey) =>
    api.call('POST', '/v1/invitations', { as, body: { email: addressOf(subject), role } });
  const tokenFor = async (subject: string) => tokenIn(await nextMail(api.mail, addressOf(subject)));
  const accept = async (token: string, subject: string, claims = {}) =>
    api.call('POST', '/v1/invitations/accept', { as: await api.token(subject, claims), body: { token } });
  const expire = (id: string) =>
    api.database.query(`UPDATE invitations SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);

  it('is mailed to the person, with a link and nobody else in it', async () => {
    const subject = someone();
    const { status, body } = await invite(subject, 'viewer');
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { email: addressOf(subject), role: 'viewer', status: 'pending' },
    });
    expect(Date.parse(body.expiresAt) - Date.parse(body.createdAt)).toBe(7 * 86_400_000);
    const mail = await nextMail(api.mail, addressOf(subject));
    expect(mail).toMatchObject({
      from: { address: 'no-reply@rowhouse.example' },
      subject: 'You are invited to Acme Ltd',
    });
    expect(mail.text).toMatch(/https:\/\/app\.example\/invitations\/accept\?token=inv_[A-Za-z0-9_-]{43}\s/);
    expect(JSON.stringify(body)).not.toContain('inv_');
  });

  it('makes a new person a member, with the names of the token', async () => {
    const subject = someone();
    await invite(subject, 'admin');
    const answer = await accept(await tokenFor(subject), subject, {
      given_name: 'Ada',
      family_name: 'Lovelace',
    });
    expect(answer).toMatchObject({ status: 200, body: { tenant: { slug: 'acme' }, role: 'admin' } });
    const me = await api.call('GET', '/v1/me', { as: await api.token(subject) });
    expect(me.body).toMatchObject({
      principal: { kind: 'user', name: 'Ada Lovelace', id: answer.body.userId },
      tenant: { slug: 'acme' },
    });
  });

  it('makes an existing person a member of one more tenant', async () => {
    const subject = someone();
    await invite(subject);
    const first = await accept(await tokenFor(subject), subject);
    await invite(subject, 'viewer', api.globex.apiKey);
    const second = await accept(await tokenFor(subject), subject);
    expect(second).toMatchObject({
      status: 200,
      body: { tenant: { slug: 'globex' }, userId: first.body.userId },
    });
  });

  it('is accepted under another address of the same person', async () => {
    const subject = someone();
    await invite(subject);
    await accept(await tokenFor(subject), subject);
    const other = someone();
    await invite(other, 'viewer', api.globex.apiKey);
    expect((await accept(await tokenFor(other), subject)).status).toBe(200);
  });

  it('links a person who is known by the address only', async () => {
    const subject = someone();
    const { rows } = await api.database.query(
      `INSERT INTO users (id, email) VALUES (gen_random_uuid(), upper($1)) RETURNING id`,
      [addressOf(subject)],
    );
    await invite(subject);
    expect((await accept(await tokenFor(subject), subject)).body.userId).toBe(rows[0]!['id']);
  });

  it("is refused where the address is another account's", async () => {
    const subject = someone();
    await invite(subject);
    await accept(await tokenFor(subject), subject);
    await invite(subject, 'viewer', api.globex.apiKey);
    const token = await tokenFor(subject);
    expect(await accept(token, someone())).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
    expect((await accept(token, subject)).status).toBe(200);
  });

  it('answers the same whether or not the address exists', async () => {
    const known = someone();
    await invite(known, 'viewer', api.globex.apiKey);
    await accept(await tokenFor(known), known);
    const unknown = someone();
    const [a, b] = [await invite(known), await invite(unknown)];
    const shape = ({ status, body }: typeof a) => ({
      status,
      keys: Object.keys(body),
      role: body.role,
      state: body.status,
    });
    expect(shape(a)).toEqual(shape(b));
  });

  it('is one per tenant and address, whatever its case', async () => {
    const subject = someone();
    expect((await invite(subject)).status).toBe(201);
    expect(await invite(subject.toUpperCase())).toMatchObject({
      status: 409,
      body: { code: 'INVITATION_EXISTS' },
    });
    expect((await invite(subject, 'viewer', api.globex.apiKey)).status).toBe(201);
    const other = someone();
    const answers = await Promise.all(Array.from({ length: 10 }, () => invite(other)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    await nextMail(api.mail, addressOf(other));
    expect(api.mail.to(addressOf(other))).toEqual([]);
  });

  it('is refused for a member', async () => {
    const subject = someone();
    await invite(subject);
    await accept(await tokenFor(subject), subject);
    expect(await invite(subject)).toMatchObject({ status: 409, body: { code: 'ALREADY_MEMBER' } });
  });

  it('is accepted whatever the Idempotency-Key: also of a member elsewhere it is not looked at', async () => {
    const subject = someone();
    const send = async (token: string) =>
      api.call('POST', '/v1/invitations/accept', {
        as: await api.token(subject),
        headers: { 'idempotency-key': 'one-for-all' },
        body: { token },
      });
    const tokens: string[] = [];
    for (const { apiKey } of [api.acme, api.globex]) {
      await invite(subject, 'member', apiKey);
      tokens.push(await tokenFor(subject));
      api.mail.mails.splice(0);
    }
    expect((await send(tokens[0]!)).status).toBe(200);
    expect((await send(`${tokens[1]!.slice(0, -4)}aaaa`)).status).toBe(404);
    expect((await send(tokens[1]!)).status).toBe(200);
  });

  it('accepted twice by the same person answers the same; by another it is closed', async () => {
    const subject = someone();
    await invite(subject);
    const token = await tokenFor(subject);
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(token, subject)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(200);
    expect(await accept(token, someone())).toMatchObject({ status: 409 });
    const { rows } = await api.database.query(
      `SELECT count(*)::int AS n FROM memberships JOIN users ON users.id = user_id WHERE email = $1`,
      [addressOf(subject)],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('accepted and followed by removal lets nobody in, and does not say so', async () => {
    const subject = someone();
    await invite(subject);
    const token = await tokenFor(subject);
    await accept(token, subject);
    const id = await api.memberId(api.acme.apiKey, subject);
    await api.call('DELETE', `/v1/members/${id}`, { as: api.acme.apiKey });
    expect(await accept(token, subject)).toMatchObject({ status: 409, body: { code: 'INVITATION_CLOSED' } });
  });

  it('two of them, accepted by a new person at once, make one person', async () => {
    const subject = someone();
    await invite(subject);
    const acme = await tokenFor(subject);
    await invite(subject, 'viewer', api.globex.apiKey);
    const globex = await tokenFor(subject);
    const answers = await Promise.all([accept(acme, subject), accept(globex, subject)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0].body.userId).toBe(answers[1].body.userId);
  });

  it('that expired is refused, and does not stand in the way of a new one', async () => {
    const subject = someone();
    const { body } = await invite(subject);
    const token = await tokenFor(subject);
    await expire(body.id);
    expect(await accept(token, subject)).toMatchObject({ status: 410, body: { code: 'INVITATION_EXPIRED' } });
    expect((await api.call('GET', `/v1/invitations/${body.id}`, { as: api.acme.apiKey })).body.status).toBe(
      'expired',
    );
    expect((await invite(subject)).status).toBe(201);
  });

  it('sent again has a new token, and a revoked one none', async () => {
    const subject = someone();
    const { body } = await invite(subject);
    const old = await tokenFor(subject);
    const path = `/v1/invitations/${body.id}`;
    expect((await api.call('POST', `${path}/resend`, { as: api.acme.apiKey })).status).toBe(200);
    const token = await tokenFor(subject);
    expect(await accept(old, subject)).toMatchObject({ status: 404, body: { code: 'INVITATION_NOT_FOUND' } });
    expect((await api.call('DELETE', path, { as: api.acme.apiKey })).status).toBe(204);
    expect(await accept(token, subject)).toMatchObject({ status: 409, body: { code: 'INVITATION_CLOSED' } });
    for (const [method, url] of [
      ['DELETE', path],
      ['POST', `${path}/resend`],
    ] as const)
      expect(await api.call(method, url, { as: api.acme.apiKey })).toMatchObject({
        status: 409,
        body: { code: 'INVITATION_CLOSED' },
      });
    expect((await invite(subject)).status).toBe(201);
  });

  it('is not accepted by an API key, a guess, or into a suspended tenant', async () => {
    const token = `inv_${'A'.repeat(43)}`;
    const byKey = await api.call('POST', '/v1/invitations/accept', { as: api.acme.apiKey, body: { token } });
    expect(byKey).toMatchObject({ status: 403, body: { code: 'PERSON_REQUIRED' } });
    expect(await accept(token, someone())).toMatchObject({
      status: 404,
      body: { code: 'INVITATION_NOT_FOUND' },
    });
    expect(await accept('inv_short', someone())).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('of another tenant does not exist', async () => {
    const { body } = await invite(someone());
    const as = api.globex.apiKey;
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/resend'],
    ] as const)
      expect(await api.call(method, `/v1/invitations/${body.id}${path}`, { as })).toMatchObject({
        status: 404,
      });
  });

  it("cannot carry headers or lines of the tenant's making", async () => {
    await api.call('PATCH', '/v1/tenant', {
      as: api.globex.apiKey,
      body: { name: 'Evil\r\nBcc: victim@x.example\r\n\r\nbody' },
    });
    const subject = someone();
    let mail: Awaited<ReturnType<typeof nextMail>> | undefined;
    while (!mail?.subject?.includes('Evil')) {
      const { body } = await invite(subject, 'viewer', api.globex.apiKey);
      mail = await nextMail(api.mail, addressOf(subject));
      await api.call('DELETE', `/v1/invitations/${body.id}`, { as: api.globex.apiKey });
    }
    expect(mail.subject).toBe('You are invited to Evil Bcc: victim@x.example body');
    expect(mail.bcc ?? []).toEqual([]);
    expect(mail.headers.some(({ key, value }) => key === 'bcc' || value.includes('\n'))).toBe(false);
  });

  it('leaves its marks in the audit log of the tenant, never its token', async () => {
    const subject = someone();
    const { body } = await invite(subject);
    const token = await tokenFor(subject);
    const accepted = await accept(token, subject);
    const { rows } = await api.database.query(
      `SELECT tenant_id, actor_type, actor_id, action FROM audit_log WHERE entity_id = $1 ORDER BY id`,
      [body.id],
    );
    expect(rows).toEqual([
      expect.objectContaining({
        tenant_id: api.acme.id,
        actor_type: 'api_key',
        action: 'invitations.create',
      }),
      {
        tenant_id: api.acme.id,
        actor_type: 'user',
        actor_id: accepted.body.userId,
        action: 'invitations.accept',
      },
    ]);
    const all = await api.database.query(`SELECT row_to_json(audit_log)::text AS row FROM audit_log`);
    expect(JSON.stringify(all.rows)).not.toContain('inv_');
  });
});
