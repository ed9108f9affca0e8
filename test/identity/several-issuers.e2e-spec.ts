import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { TestIssuer } from '../support/token-issuer.js';

/** Served by URL; in a file; and one that nobody configured. */
describe('several issuers', () => {
  let served: TestIssuer;
  let filed: TestIssuer;
  let stranger: TestIssuer;
  let api: TestApp;
  beforeAll(async () => {
    served = await TestIssuer.start('https://one.example.test');
    filed = await TestIssuer.start('https://two.example.test');
    stranger = await TestIssuer.start('https://three.example.test');
    const jwksFile = join(await mkdtemp(join(tmpdir(), 'rowhouse-jwks-')), 'jwks.json');
    await writeFile(jwksFile, JSON.stringify({ keys: filed.keys.map(({ publicJwk }) => publicJwk) }));
    const { jwksUrl: _, ...byFile } = filed.settings({ jwksFile, audience: ['two'] });
    api = await createTestApp({ environment: { JWT_ISSUERS: JSON.stringify([served.settings(), byFile]) } });
  });
  afterAll(async () => {
    await api.close();
    await Promise.all([served.down(), filed.down(), stranger.down()]);
  });

  const statusOf = async (token: Promise<string>) =>
    (await api.call('GET', '/v1/me', { as: await token })).status;
  const joinAs = async (subject: string, issuer: string, slug: 'acme' | 'globex') => {
    const { rows } = await api.database.query<{ id: string }>(
      `INSERT INTO users (id, email, issuer, external_id) VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id`,
      [`${subject}@${new URL(issuer).hostname}`, issuer, subject],
    );
    await api.database.query(
      `INSERT INTO memberships (tenant_id, id, user_id, role) VALUES ($1, gen_random_uuid(), $2, 'viewer')`,
      [api[slug].id, rows[0]!.id],
    );
  };

  it('are each verified by their own keys, by URL or from a file, and for their own audience', async () => {
    expect(await statusOf(served.sign())).toBe(200);
    expect(await statusOf(filed.sign({ claims: { aud: 'two' } }))).toBe(200);
    expect(filed.asked).toBe(0);
    expect(await statusOf(filed.sign())).toBe(401);
    expect(await statusOf(stranger.sign())).toBe(401);
    expect(stranger.asked).toBe(0);
  });

  it("cannot speak for each other's people", async () => {
    const forged = { key: served.keys[0]!, claims: { iss: filed.issuer, aud: 'two' } };
    expect(await statusOf(served.sign(forged))).toBe(401);
  });

  it('may give two people one name', async () => {
    await joinAs('u1', served.issuer, 'acme');
    await joinAs('u1', filed.issuer, 'globex');
    const tenantOf = async (token: Promise<string>) =>
      (await api.call('GET', '/v1/tenant', { as: await token })).body.slug;
    expect(await tenantOf(served.sign({ subject: 'u1' }))).toBe('acme');
    expect(await tenantOf(filed.sign({ subject: 'u1', claims: { aud: 'two' } }))).toBe('globex');
  });
});
