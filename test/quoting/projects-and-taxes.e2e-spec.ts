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

describe('a project', () => {
  let customerId: string;
  beforeAll(async () => {
    customerId = (await catalogue.aCustomer()).id;
  });
  const aProject = (rest: object = {}) =>
    catalogue.make('/projects', { customerId, code: `P-${newId()}`, name: 'Website Redesign', ...rest });

  it('keeps all that is said of it, its budget to the cent', async () => {
    const all = {
      description: 'New clothes',
      status: 'active',
      startsOn: '2026-12-01',
      endsOn: '2027-03-31',
      metadata: { board: 'web' },
    };
    const project = await aProject({ ...all, budget: '9999999999999.99' });
    expect(project).toMatchObject({ ...all, budget: '9999999999999.99', ownerId: null, customerId });
    const { body } = await catalogue.call('PATCH', `/projects/${project.id}`, {
      body: { budget: 25_000.5, endsOn: null },
    });
    expect(body).toMatchObject({ ...all, endsOn: null, budget: '25000.50' });
  });

  it('has a code of its own, free again when it is removed', async () => {
    const { id, code } = await aProject();
    const again = () => catalogue.call('POST', '/projects', { body: { customerId, code, name: 'Again' } });
    expect(await again()).toMatchObject({ status: 409, body: { code: 'PROJECT_EXISTS' } });
    const other = await aProject();
    expect((await catalogue.call('PATCH', `/projects/${other.id}`, { body: { code } })).body.code).toBe(
      'PROJECT_EXISTS',
    );
    expect((await catalogue.call('DELETE', `/projects/${id}`)).status).toBe(204);
    expect((await again()).status).toBe(201);
  });

  it.each<[string, object]>([
    ['code', { code: 'a b' }],
    ['code', { code: '' }],
    ['name', { name: null }],
    ['status', { status: 'lost' }],
    ['startsOn', { startsOn: '2026-02-30' }],
    ['startsOn', { startsOn: '2026-12-01T00:00:00Z' }],
    ['startsOn', { startsOn: '0000-01-01' }],
    ['budget', { budget: '-1' }],
    ['budget', { budget: '1.005' }],
    ['budget', { budget: '1e3' }],
    ['budget', { budget: '10000000000000' }],
    ['budget', { budget: true }],
    ['budget', { budget: {} }],
    ['customerId', { customerId: 'x' }],
    ['ownerId', { ownerId: 'ada' }],
    ['metadata.totalAmount', { metadata: { totalAmount: 1 } }],
  ])('is refused with a wrong %s: %j', async (path, body) => {
    expect(await catalogue.wrong('/projects', { customerId, code: 'X', name: 'X', ...body })).toEqual([path]);
  });

  it('does not end before it begins, also where only one day is changed', async () => {
    const period = { startsOn: '2026-12-02', endsOn: '2026-12-01' };
    const refused = { status: 422, body: { code: 'PERIOD_REVERSED' } };
    expect(
      await catalogue.call('POST', '/projects', {
        body: { customerId, code: newId(), name: 'X', ...period },
      }),
    ).toMatchObject(refused);
    const { id } = await aProject({ startsOn: '2026-12-02', endsOn: '2026-12-02' });
    expect(
      await catalogue.call('PATCH', `/projects/${id}`, { body: { endsOn: '2026-12-01' } }),
    ).toMatchObject(refused);
  });

  it('is owned by a member of the tenant only', async () => {
    const ours = await catalogue.aMember(api.acme.id);
    const project = await aProject({ ownerId: ours });
    expect(project.ownerId).toBe(ours);
    expect((await catalogue.call('GET', `/projects?owner=${ours}`)).body.data).toEqual([project]);
    for (const ownerId of [await catalogue.aMember(api.globex.id), newId()])
      expect(await catalogue.call('PATCH', `/projects/${project.id}`, { body: { ownerId } })).toMatchObject({
        status: 422,
        body: { code: 'OWNER_NOT_MEMBER' },
      });
  });

  it('is listed by customer and status, searched, and sorted', async () => {
    const { id } = await catalogue.aCustomer();
    const mark = newId();
    for (const [code, name, status] of [
      ['B', 'App', 'active'],
      ['A', 'Shop', 'planning'],
      ['C', 'Blog', 'active'],
    ] as const)
      await aProject({ customerId: id, code: `${code}-${mark}`, name, status });
    const listed = async (query: string) =>
      (await catalogue.walk(`/projects?customer=${id}&limit=1${query}`))
        .map(({ code }) => String(code)[0])
        .join('');
    expect(await listed('')).toBe('CAB');
    expect(await listed('&sort=code')).toBe('ABC');
    expect(await listed('&sort=-name')).toBe('ACB');
    expect(await listed('&status=active')).toBe('CB');
    expect(await listed('&q=sHo')).toBe('A');
    expect(await catalogue.walk(`/projects?q=a-${mark}`)).toMatchObject([{ code: `A-${mark}` }]);
  });

  it('is not removed while a quote refers to it', async () => {
    const { id } = await aProject();
    await catalogue.aQuote(customerId, id);
    expect(await catalogue.call('DELETE', `/projects/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'PROJECT_HAS_QUOTES' },
    });
  });

  it('is made of a customer that is there, as a quote is, or not at all, where it is removed meanwhile', async () => {
    // A project goes with its customer, a quote keeps it; what comes too late finds no customer.
    const races = [
      { path: '/projects', body: { code: newId(), name: 'Race' }, possible: ['204 201', '204 404'] },
      {
        path: '/quotes',
        body: { title: 'Race', currency: 'EUR', validUntil: '2099-12-31' },
        possible: ['409 201', '204 404'],
      },
    ];
    for (let round = 0; round < 4; round++)
      for (const { path, body, possible } of races) {
        const { id } = await catalogue.aCustomer();
        const [removed, made] = await Promise.all([
          catalogue.call('DELETE', `/customers/${id}`),
          catalogue.call('POST', path, { body: { ...body, customerId: id } }),
        ]);
        expect(possible).toContain(`${removed.status} ${made.status}`);
        expect((await catalogue.call('GET', `/projects?customer=${id}`)).body.data).toEqual([]);
      }
  });
});

const aTaxRate = (rest: object) =>
  catalogue.make('/tax-rates', { taxClass: 'standard', rate: '0.15', ...rest });
const refusal = (status: number, code: string) => ({ status, body: { code } });

describe('a tax rate', () => {
  it('is of a class from a day on, once', async () => {
    const { id, ...rate } = await aTaxRate({ validFrom: '2020-01-01' });
    expect(rate).toMatchObject({ taxClass: 'standard', rate: '0.1500', validFrom: '2020-01-01' });
    const body = { taxClass: 'standard', rate: '0.2', validFrom: '2020-01-01' };
    expect(await catalogue.call('POST', '/tax-rates', { body })).toMatchObject(
      refusal(409, 'TAX_RATE_EXISTS'),
    );
    const later = await aTaxRate({ validFrom: '2021-01-01' });
    const change = (rest: object) => catalogue.call('PATCH', `/tax-rates/${later.id}`, { body: rest });
    expect(await change({ validFrom: '2020-01-01' })).toMatchObject(refusal(409, 'TAX_RATE_EXISTS'));
    expect((await change({ rate: 1 })).body.rate).toBe('1.0000');
    expect((await catalogue.call('DELETE', `/tax-rates/${id}`)).status).toBe(204);
    expect((await change({ validFrom: '2020-01-01' })).status).toBe(200);
    expect((await catalogue.call('GET', `/tax-rates/${id}`)).body.code).toBe('TAX_RATE_NOT_FOUND');
  });

  it('of what is exempt is 0', async () => {
    const exempt = { taxClass: 'exempt', validFrom: '2020-01-01' };
    expect(await catalogue.call('POST', '/tax-rates', { body: { ...exempt, rate: '0.1' } })).toMatchObject(
      refusal(422, 'EXEMPT_IS_NOT_TAXED'),
    );
    await aTaxRate({ ...exempt, rate: '0' });
  });

  it('is listed by class, and sorted by its first day', async () => {
    for (const year of [2032, 2030, 2031])
      await aTaxRate({ taxClass: 'reduced', validFrom: `${year}-01-01` });
    const listed = await catalogue.walk('/tax-rates?taxClass=reduced&limit=1&sort=-validFrom');
    expect(listed.map(({ validFrom }) => validFrom.slice(0, 4))).toEqual(['2032', '2031', '2030']);
  });

  it.each<[string, object]>([
    ['rate', { rate: '1.0001' }],
    ['rate', { rate: 15 }],
    ['rate', { rate: '-0.1' }],
    ['rate', { rate: '0.15001' }],
    ['rate', { rate: null }],
    ['taxClass', { taxClass: 'luxury' }],
    ['validFrom', { validFrom: 'today' }],
  ])('is refused with a wrong %s: %j', async (path, body) => {
    const rate = { taxClass: 'standard', rate: '0.1', validFrom: '2029-01-01', ...body };
    expect(await catalogue.wrong('/tax-rates', rate)).toEqual([path]);
  });
});
