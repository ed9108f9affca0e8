import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { Catalogue } from './catalogue.js';

let api: TestApp;
let catalogue: Catalogue;
beforeAll(async () => {
  api = await createTestApp();
  catalogue = new Catalogue(api);
});
afterAll(() => api.close());

const names = ({ body }: { body: { data: { companyName: string }[] } }) =>
  body.data.map(({ companyName }) => companyName);

describe('a customer', () => {
  it('gets the next number, and what is not said is plain', async () => {
    const first = await catalogue.aCustomer();
    const second = await catalogue.aCustomer();
    const count = (number: string) => Number(/^CUST-(\d{4})$/.exec(number)?.[1]);
    expect(count(second.number)).toBe(count(first.number) + 1);
    expect(first).toMatchObject({
      status: 'prospect',
      type: 'business',
      tags: [],
      metadata: {},
      email: null,
    });
    expect(first).not.toHaveProperty('tenantId');
  });

  it('takes no number where it is refused; those of other tenants are counted apart', async () => {
    const { number } = await catalogue.aCustomer();
    expect((await catalogue.call('POST', '/customers', { body: {} })).status).toBe(400);
    const next = await catalogue.aCustomer();
    expect(Number(next.number.slice(5))).toBe(Number(number.slice(5)) + 1);
    const theirs = await api.call('POST', '/v1/customers', {
      as: api.globex.apiKey,
      body: { companyName: 'First of Globex' },
    });
    expect(theirs.body.number).toBe('CUST-0001');
  });

  it('has consecutive numbers where twelve are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => catalogue.aCustomer()));
    const counts = made.map(({ number }) => Number(number.slice(5))).sort((a, b) => a - b);
    expect(counts).toEqual(counts.map((_, index) => counts[0]! + index));
  });

  it('keeps all that is said of it, and is changed by who has seen it last', async () => {
    const all = {
      companyName: 'Beta Ltd',
      legalName: 'Beta Limited',
      status: 'active',
      type: 'government',
      industry: 'Retail',
      website: 'https://beta.example/shop',
      email: 'office@beta.example',
      phone: '+49 30 1234567',
      taxId: 'DE123456789',
      addressLine1: 'Main Street 1',
      addressLine2: 'Back yard',
      city: 'Berlin',
      region: 'Berlin',
      postalCode: '10115',
      country: 'DE',
      tags: ['vip', 'north'],
      metadata: { source: { system: 'import' } },
    };
    const answer = await catalogue.call('POST', '/customers', { body: all });
    expect(answer.body).toMatchObject(all);
    const { id, number } = answer.body;
    const url = `/customers/${id}`;
    const seen = { 'if-match': String(answer.headers['etag']) };
    const changed = await catalogue.call('PATCH', url, { body: { email: null, tags: [] }, headers: seen });
    expect(changed).toMatchObject({ status: 200, body: { ...all, number, email: null, tags: [] } });
    expect((await catalogue.call('PATCH', url, { body: { city: 'Bonn' }, headers: seen })).status).toBe(412);
    const read = await catalogue.call('GET', url);
    expect(read.body).toEqual(changed.body);
    expect(read.headers['etag']).toBe(changed.headers['etag']);
  });

  it.each<[string, object]>([
    ['companyName', { companyName: '' }],
    ['companyName', { companyName: 'x'.repeat(256) }],
    ['number', { number: 'CUST-0007' }],
    ['status', { status: 'lost' }],
    ['status', { status: null }],
    ['type', { type: 'pet' }],
    ['website', { website: 'javascript:alert(1)' }],
    ['website', { website: 'ftp://acme.example' }],
    ['email', { email: 'nobody' }],
    ['country', { country: 'de' }],
    ['country', { country: 'DEU' }],
    ['tags', { tags: 'vip' }],
    ['tags', { tags: ['vip', 'vip'] }],
    ['tags', { tags: [''] }],
    ['tags', { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }],
    ['tags', { tags: null }],
    ['metadata', { metadata: [] }],
    ['metadata.unitPrice', { metadata: { unitPrice: 1 } }],
    ['metadata.deep.totalAmount', { metadata: { deep: { totalAmount: '1' } } }],
  ])('is refused with a wrong %s: %j', async (path, body) => {
    expect(await catalogue.wrong('/customers', { companyName: 'Acme', ...body })).toEqual([path]);
  });

  it('is found by its number, names or email, whatever the case, and % is a character', async () => {
    const mark = newId().slice(-8);
    const made = await catalogue.aCustomer({ companyName: `Ündine ${mark}`, email: `info@${mark}.example` });
    await catalogue.aCustomer({ companyName: `100% ${mark}`, legalName: `A_B ${mark}` });
    const found = async (q: string) =>
      names(await catalogue.call('GET', `/customers?q=${encodeURIComponent(q)}`));
    expect(await found(`ÜNDINE ${mark.toUpperCase()}`)).toEqual([`Ündine ${mark}`]);
    expect(await found(`INFO@${mark}`)).toEqual([`Ündine ${mark}`]);
    expect(await found(made.number.toLowerCase())).toEqual([`Ündine ${mark}`]);
    expect(await found(`0% ${mark}`)).toEqual([`100% ${mark}`]);
    expect(await found(`a_b ${mark}`)).toEqual([`100% ${mark}`]);
    expect(await found(`%${mark}`)).toEqual([]);
    expect(await found(`_${mark}`)).toEqual([]);
    expect(await found(String.raw`\ ${mark}`)).toEqual([]);
  });

  it('is listed by status, type, tag and metadata', async () => {
    const tag = newId();
    await catalogue.aCustomer({
      companyName: 'A',
      status: 'active',
      tags: [tag, 'x'],
      metadata: { level: 'gold' },
    });
    await catalogue.aCustomer({ companyName: 'B', status: 'inactive', type: 'individual', tags: [tag] });
    const list = async (query: string) => names(await catalogue.call('GET', `/customers?tag=${tag}${query}`));
    expect(await list('')).toEqual(['B', 'A']);
    expect(await list('&status=active')).toEqual(['A']);
    expect(await list('&type=individual')).toEqual(['B']);
    expect(await list('&metadata.level=gold')).toEqual(['A']);
    for (const query of [
      'status=lost',
      'sort=id',
      'sort=email',
      'q=',
      'tenantId=x',
      'sort=-',
      'sort=--createdAt',
    ])
      expect((await catalogue.call('GET', `/customers?${query}`)).status).toBe(400);
  });

  it('is listed in every order page by page, each once, also where names are the same', async () => {
    const tag = newId();
    for (const companyName of ['b', 'a', 'c', 'b', 'b', 'a'])
      await catalogue.aCustomer({ companyName, tags: [tag] });
    const inOrder = async (sort: string) => {
      const found = await catalogue.walk(`/customers?tag=${tag}&limit=2&sort=${sort}`);
      expect(new Set(found.map(({ id }) => id)).size).toBe(6);
      return found.map(({ companyName }) => companyName).join('');
    };
    expect(await inOrder('companyName')).toBe('aabbbc');
    expect(await inOrder('-companyName')).toBe('cbbbaa');
    expect(await inOrder('createdAt')).toBe('bacbba');
    expect(await inOrder('-createdAt')).toBe('abbcab');
  });

  it('does not take a cursor that was given for another order', async () => {
    for (let made = 0; made < 2; made++) await catalogue.aCustomer();
    const { body } = await catalogue.call('GET', '/customers?limit=1&sort=companyName');
    expect(
      await catalogue.call('GET', `/customers?limit=1&sort=-companyName&after=${body.page.next}`),
    ).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
  });

  it('is not removed while a quote refers to it', async () => {
    const { id, number } = await catalogue.aCustomer();
    const quoteId = await catalogue.aQuote(id);
    const refused = await catalogue.call('DELETE', `/customers/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'CUSTOMER_HAS_QUOTES' } });
    expect(refused.body.detail).toContain(number);
    expect((await catalogue.call('GET', `/customers/${id}`)).status).toBe(200);
    await api.database.query('UPDATE quotes SET deleted_at = now() WHERE id = $1', [quoteId]);
    expect((await catalogue.call('DELETE', `/customers/${id}`)).status).toBe(204);
  });

  it('is removed with its contacts and projects; its number is not given again', async () => {
    const { id, number } = await catalogue.aCustomer();
    const contact = await catalogue.make(`/customers/${id}/contacts`, { name: 'Ada' });
    const project = await catalogue.make('/projects', { customerId: id, code: newId(), name: 'Website' });
    expect((await catalogue.call('DELETE', `/customers/${id}`)).status).toBe(204);
    for (const url of ['', '/contacts', `/contacts/${contact.id}`])
      expect(await catalogue.call('GET', `/customers/${id}${url}`)).toMatchObject({
        status: 404,
        body: { code: 'CUSTOMER_NOT_FOUND' },
      });
    expect((await catalogue.call('GET', `/projects/${project.id}`)).body.code).toBe('PROJECT_NOT_FOUND');
    for (const method of ['PATCH', 'DELETE'])
      expect((await catalogue.call(method, `/customers/${id}`, { body: {} })).status).toBe(404);
    expect((await catalogue.aCustomer()).number).not.toBe(number);
  });

  it('of another tenant is not there', async () => {
    const { id } = await catalogue.aCustomer();
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(
        (await api.call(method, `/v1/customers/${id}`, { as: api.globex.apiKey, body: {} })).status,
      ).toBe(404);
    const { body } = await api.call('POST', '/v1/projects', {
      as: api.globex.apiKey,
      body: { customerId: id, code: 'X', name: 'X' },
    });
    expect(body.code).toBe('CUSTOMER_NOT_FOUND');
  });

  it('is made once where a request is sent twice with its key', async () => {
    const key = newId();
    const send = () =>
      catalogue.call('POST', '/customers', {
        body: { companyName: 'Once' },
        headers: { 'idempotency-key': key },
      });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
  });
});

describe('a contact', () => {
  let customer: string;
  beforeAll(async () => {
    customer = (await catalogue.aCustomer()).id;
  });
  const at = (id: string, contactId = '') => `/customers/${id}/contacts${contactId && `/${contactId}`}`;

  it('is of its customer, and of no other', async () => {
    const contact = await catalogue.make(at(customer), {
      name: 'Ada',
      email: 'ada@acme.example',
      role: 'Buyer',
    });
    expect(contact).toMatchObject({ customerId: customer, isPrimary: false, phone: null });
    const other = (await catalogue.aCustomer()).id;
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await catalogue.call(method, at(other, contact.id), { body: {} })).toMatchObject({
        status: 404,
        body: { code: 'CONTACT_NOT_FOUND' },
      });
    expect((await catalogue.call('GET', at(customer, contact.id))).body).toEqual(contact);
    expect((await catalogue.call('GET', at(newId(), contact.id))).body.code).toBe('CUSTOMER_NOT_FOUND');
  });

  it('is primary instead of the one before, be it made so or changed to be', async () => {
    const { id } = await catalogue.aCustomer();
    const primaries = async () =>
      (await catalogue.call('GET', `${at(id)}?isPrimary=true`)).body.data.map(
        ({ name }: { name: string }) => name,
      );
    const first = await catalogue.make(at(id), { name: 'Ada', isPrimary: true });
    await catalogue.make(at(id), { name: 'Grace', isPrimary: true });
    expect(await primaries()).toEqual(['Grace']);
    await catalogue.call('PATCH', at(id, first.id), { body: { isPrimary: true } });
    expect(await primaries()).toEqual(['Ada']);
    await catalogue.call('DELETE', at(id, first.id));
    expect(await primaries()).toEqual([]);
    await catalogue.make(at(id), { name: 'Joan', isPrimary: true });
    expect(await primaries()).toEqual(['Joan']);
  });

  it('is the only primary one where eight become it at once', async () => {
    const { id } = await catalogue.aCustomer();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => catalogue.make(at(id), { name: `Contact ${n}`, isPrimary: true })),
    );
    expect((await catalogue.call('GET', `${at(id)}?isPrimary=true`)).body.data).toHaveLength(1);
    expect((await catalogue.call('GET', at(id))).body.data).toHaveLength(8);
  });

  it('is found by name, role or email, and sorted by name', async () => {
    const { id } = await catalogue.aCustomer();
    for (const name of ['Ada', 'Joan', 'Grace'])
      await catalogue.make(at(id), { name, role: `Role of ${name}` });
    const listed = async (query: string) =>
      (await catalogue.walk(`${at(id)}?limit=1${query}`)).map(({ name }) => name);
    expect(await listed('&sort=name')).toEqual(['Ada', 'Grace', 'Joan']);
    expect(await listed('')).toEqual(['Grace', 'Joan', 'Ada']);
    expect(await listed('&q=role%20of%20j')).toEqual(['Joan']);
  });

  it('is refused without a name, and changed by who has seen it last', async () => {
    expect(await catalogue.wrong(at(customer), { email: 'x' })).toEqual(['name', 'email']);
    const { headers, body } = await catalogue.call('POST', at(customer), { body: { name: 'Ada' } });
    const seen = { 'if-match': String(headers['etag']) };
    const url = at(customer, body.id);
    expect((await catalogue.call('PATCH', url, { body: { role: 'CTO' }, headers: seen })).body.role).toBe(
      'CTO',
    );
    expect((await catalogue.call('DELETE', url, { headers: seen })).status).toBe(412);
    expect((await catalogue.call('PATCH', url, { body: { name: null } })).status).toBe(400);
  });
});
