import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { type DnsAnswer, DnsServer } from '../support/dns-server.js';
import { eventually } from '../support/eventually.js';

interface Domain {
  id: string;
  dnsRecord: { type: string; name: string; value: string };
}

describe('domains', () => {
  let dns: DnsServer;
  let api: TestApp;
  beforeAll(async () => {
    dns = await DnsServer.start();
    api = await createTestApp({
      environment: { DNS_SERVERS: dns.address, DNS_TIMEOUT_MS: '1000', CONTROL_POOL_MAX: '1' },
    });
  });
  afterAll(async () => {
    await api.close();
    await dns.stop();
  });

  const as = (tenant: 'acme' | 'globex') => ({ as: api[tenant].apiKey });
  const claim = async (domain: string, tenant: 'acme' | 'globex' = 'acme'): Promise<Domain> => {
    const { status, body } = await api.call('POST', '/v1/tenant/domains', {
      ...as(tenant),
      body: { domain },
    });
    expect(status).toBe(201);
    return body;
  };
  const publish = ({ dnsRecord }: Domain, answer: DnsAnswer | Promise<DnsAnswer> = [dnsRecord.value]) =>
    dns.answers.set(dnsRecord.name, answer);
  const verify = ({ id }: Domain, tenant: 'acme' | 'globex' = 'acme') =>
    api.call('POST', `/v1/tenant/domains/${id}/verify`, as(tenant));
  const remove = ({ id }: Domain, tenant: 'acme' | 'globex' = 'acme') =>
    api.call('DELETE', `/v1/tenant/domains/${id}`, as(tenant));
  const statusOf = async (id: string) => {
    const { body } = await api.call('GET', '/v1/tenant/domains?limit=100', as('acme'));
    return body.data.find((domain: Domain) => domain.id === id)?.status;
  };

  it('are claimed with the record to publish, and verified once it is there', async () => {
    const domain = await claim('Shop.Bücher.de');
    expect(domain).toMatchObject({
      domain: 'shop.xn--bcher-kva.de',
      status: 'pending',
      verifiedAt: null,
      dnsRecord: {
        type: 'TXT',
        name: '_rowhouse.shop.xn--bcher-kva.de',
        value: expect.stringMatching(/^rowhouse-verification=[0-9a-f]{40}$/),
      },
    });
    // Not yet there, then there: no answer is kept.
    expect(await verify(domain)).toMatchObject({
      status: 200,
      body: { id: domain.id, status: 'failed', verifiedAt: null, reason: 'record_not_found' },
    });
    publish(domain);
    expect(await verify(domain)).toMatchObject({
      status: 200,
      body: { status: 'verified', verifiedAt: expect.any(String), reason: null },
    });
    expect(await statusOf(domain.id)).toBe('verified');
    expect((await verify(domain)).body.status).toBe('verified');
  });

  it.each<[string, (value: string) => DnsAnswer, string | null]>([
    ['among others', (value) => ['v=spf1 -all', value, 'other=1'], null],
    ['in chunks', (value) => [[value.slice(0, 7), value.slice(7, 20), value.slice(20)]], null],
    [
      'too many for UDP',
      (value) => [...Array.from({ length: 30 }, (_, i) => `${i}`.repeat(100)), value],
      null,
    ],
    ['with another value', () => ['rowhouse-verification=0'], 'value_not_found'],
    ['without TXT records', () => [], 'record_not_found'],
  ])('finds the record %s', async (how, answerOf, reason) => {
    const domain = await claim(`${how.replaceAll(' ', '-')}.com`);
    publish(domain, answerOf(domain.dnsRecord.value));
    expect(await verify(domain)).toMatchObject({
      status: 200,
      body: { status: reason ? 'failed' : 'verified', reason },
    });
  });

  it('asks again over TCP where the answer was cut off', () => {
    expect(dns.asked).toEqual(
      expect.arrayContaining(['udp _rowhouse.too-many-for-udp.com', 'tcp _rowhouse.too-many-for-udp.com']),
    );
  });

  it.each<DnsAnswer & string>(['server failure', 'refused', 'silence', 'garbage'])(
    'answers 503 where the DNS answers with %s, and leaves the status as it was',
    async (fault) => {
      const domain = await claim(`${fault.replaceAll(' ', '-')}.com`);
      publish(domain);
      await verify(domain);
      publish(domain, fault);
      expect(await verify(domain)).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5' },
        body: { code: 'DNS_UNAVAILABLE' },
      });
      expect(await statusOf(domain.id)).toBe('verified');
      const { body } = await api.call('GET', `/v1/audit-log?entityId=${domain.id}`, as('acme'));
      expect(body.data.map(({ action }: { action: string }) => action)).toEqual([
        'domains.verify',
        'domains.create',
      ]);
    },
  );

  /** A verification that waits for the DNS, until `answer()`. */
  const verifyHeld = async (name: string) => {
    const domain = await claim(name);
    const held = Promise.withResolvers<DnsAnswer>();
    publish(domain, held.promise);
    const verification = verify(domain);
    await eventually(() => expect(dns.asked).toContain(`udp ${domain.dnsRecord.name}`));
    return { domain, verification, answer: () => held.resolve([domain.dnsRecord.value]) };
  };

  it('holds no connection and no transaction while the DNS takes its time', async () => {
    const { verification, answer } = await verifyHeld('slow.com');
    const { rows } = await api.database.query(
      `SELECT count(*)::int AS open FROM pg_stat_activity
       WHERE datname = current_database() AND usename LIKE 'rowhouse%' AND state LIKE 'idle in transaction%'`,
    );
    expect(rows).toEqual([{ open: 0 }]);
    // The control pool has one connection, and it is free.
    expect((await api.call('GET', '/v1/tenant', as('acme'))).status).toBe(200);
    answer();
    expect(await verification).toMatchObject({ status: 200, body: { status: 'verified' } });
  });

  it('stays removed where it is removed while the DNS is asked', async () => {
    const { domain, verification, answer } = await verifyHeld('vanishing.com');
    expect((await remove(domain)).status).toBe(204);
    answer();
    expect(await verification).toMatchObject({ status: 404, body: { code: 'DOMAIN_NOT_FOUND' } });
  });

  it('belong to the tenant that verifies first, even where two do so at once', async () => {
    const domains = { acme: await claim('contested.com'), globex: await claim('contested.com', 'globex') };
    publish(domains.acme, [domains.acme.dnsRecord.value, domains.globex.dnsRecord.value]);
    const answers = await Promise.all([verify(domains.acme), verify(domains.globex, 'globex')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('DOMAIN_TAKEN');
    const winner = answers[0].status === 200 ? 'acme' : 'globex';
    const loser = winner === 'acme' ? 'globex' : 'acme';
    expect((await verify(domains[loser], loser)).body.code).toBe('DOMAIN_TAKEN');
    // Given up, it is free again.
    await remove(domains[winner], winner);
    expect((await verify(domains[loser], loser)).body.status).toBe('verified');
  });

  it('lose their verification, and make room, where the record has gone', async () => {
    const domain = await claim('sold.com');
    publish(domain);
    await verify(domain);
    const bought = await claim('sold.com', 'globex');
    publish(bought);
    expect((await verify(bought, 'globex')).body.code).toBe('DOMAIN_TAKEN');
    expect((await verify(domain)).body).toMatchObject({ status: 'failed', reason: 'value_not_found' });
    expect((await verify(bought, 'globex')).body.status).toBe('verified');
  });

  it('are claimed once by a tenant, anew after removal, with another token', async () => {
    const first = await claim('again.com');
    const twice = await api.call('POST', '/v1/tenant/domains', {
      ...as('acme'),
      body: { domain: 'AGAIN.com.' },
    });
    expect(twice).toMatchObject({ status: 409, body: { code: 'DOMAIN_EXISTS' } });
    expect((await remove(first)).status).toBe(204);
    expect((await remove(first)).status).toBe(404);
    expect((await claim('again.com')).dnsRecord.value).not.toBe(first.dnsRecord.value);
  });

  it.each([undefined, null, 7, '', 'localhost', 'db.internal', '127.0.0.1', 'a_b.com', 'x'.repeat(1_000)])(
    'are names of the public DNS, not %j',
    async (domain) => {
      const refused = await api.call('POST', '/v1/tenant/domains', { ...as('acme'), body: { domain } });
      expect(refused).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'domain', code: domain === undefined ? 'required' : 'isDomain' }] },
      });
    },
  );

  it('are nothing that another tenant sees, verifies or removes', async () => {
    const domain = await claim('private.com');
    const { text } = await api.call('GET', '/v1/tenant/domains?limit=100', as('globex'));
    expect(text).not.toContain('private.com');
    expect([(await verify(domain, 'globex')).status, (await remove(domain, 'globex')).status]).toEqual([
      404, 404,
    ]);
    expect(dns.asked).not.toContain('udp _rowhouse.private.com');
    expect(await statusOf(domain.id)).toBe('pending');
  });

  it('stay visible, and can be given up, without the feature', async () => {
    const domain = await claim('downgraded.com');
    const operate = (enabled: boolean | null) =>
      api.call('PUT', `/v1/admin/tenants/${api.acme.id}/features/custom_domains`, {
        as: api.operator.apiKey,
        body: { enabled },
      });
    await operate(false);
    await eventually(async () =>
      expect(await verify(domain)).toMatchObject({ status: 403, body: { code: 'FEATURE_NOT_ENABLED' } }),
    );
    expect(
      (await api.call('POST', '/v1/tenant/domains', { ...as('acme'), body: { domain: 'b.com' } })).status,
    ).toBe(403);
    expect(await statusOf(domain.id)).toBeDefined();
    expect((await remove(domain)).status).toBe(204);
    await operate(null);
  });

  it('pages', async () => {
    const { headers, body } = await api.call('GET', '/v1/tenant/domains?limit=1', as('acme'));
    expect(headers['link']).toContain('/v1/tenant/domains?limit=1&after=');
    const next = await api.call('GET', `/v1/tenant/domains?limit=1&after=${body.page.next}`, as('acme'));
    expect(next.body.data[0].id < body.data[0].id).toBe(true);
  });
});
