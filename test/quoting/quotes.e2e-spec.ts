import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { placesOf } from '../contracts/places.js';
import { Desk, type Item, type Office, done, inDays, line, openOffice } from './desk.js';

let office: Office;
let desk: Desk;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  desk = new Desk(office);
});

describe('a quote', () => {
  it('is made as a draft, with its figures, its number and its first version', async () => {
    const body = await desk.quote({
      lines: [
        line(),
        line({ description: 'Hosting', quantity: 100, unitPrice: 0.85, taxClass: 'exempt' }),
        line({ description: 'Books', quantity: '1', unitPrice: '4000', taxClass: 'reduced' }),
      ],
      metadata: { source: 'phone' },
    });
    const answer = await desk.post('/quotes', body);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        number: expect.stringMatching(/^Q-\d{4}-\d{4}$/),
        status: 'draft',
        type: 'fixed_price',
        version: 1,
        exchangeRate: '1.000000',
        pricesIncludeTax: false,
        subtotal: '10085.00',
        discountAmount: '0.00',
        netAmount: '10085.00',
        taxAmount: '1300.00',
        totalAmount: '11385.00',
        metadata: { source: 'phone' },
        taxes: [
          { taxRate: '0.1500', net: '6000.00', tax: '900.00' },
          { taxRate: '0.1000', net: '4000.00', tax: '400.00' },
          { taxRate: '0.0000', net: '85.00', tax: '0.00' },
        ],
        lines: [
          { lineNumber: 1, quantity: '40.0000', unitPrice: '150.0000', net: '6000.00', total: '6900.00' },
          { lineNumber: 2, quantity: '100.0000', unitPrice: '0.8500', total: '85.00' },
          { lineNumber: 3, total: '4400.00' },
        ],
      },
    });
    expect(await desk.read(answer.body.id)).toEqual(answer.body);
    const version = (await desk.get(`/quotes/${answer.body.id}/versions/1`)).body;
    expect(version).toMatchObject({ number: 1, status: 'draft', reason: null, totalAmount: '11385.00' });
    expect(version.lines.map((it: { lineId: string }) => it.lineId)).toEqual(
      answer.body.lines.map((it: { id: string }) => it.id),
    );
  });

  it('is removed while it is a draft; its number is not given again', async () => {
    const { id, number } = await desk.drafted();
    expect((await desk.delete(`/quotes/${id}`)).status).toBe(204);
    expect(await desk.get(`/quotes/${id}`)).toMatchObject({ status: 404, body: { code: 'QUOTE_NOT_FOUND' } });
    expect((await desk.drafted()).number > number).toBe(true);
    const submitted = await desk.submitted();
    expect(await desk.delete(`/quotes/${submitted.id}`)).toMatchObject({
      status: 409,
      body: {
        code: 'QUOTE_STATE',
        errors: [{ code: 'approve' }, { code: 'reject-approval' }, { code: 'cancel' }],
      },
    });
  });

  it('is changed where a value is sent, and cleared by null', async () => {
    const { id } = await desk.drafted({ notes: 'old', discountType: 'fixed', discountValue: 100 });
    const { body } = await desk.patch(`/quotes/${id}`, { title: 'App', notes: null });
    expect(body).toMatchObject({
      title: 'App',
      notes: null,
      discountAmount: '100.00',
      totalAmount: '6785.00',
    });
    const cleared = (await desk.patch(`/quotes/${id}`, { discountType: null })).body;
    expect(cleared).toMatchObject({ discountValue: null, totalAmount: '6900.00', version: 3 });
  });

  it('is written by nobody who saw another one', async () => {
    const { id } = await desk.drafted();
    const seen = { headers: { 'if-match': '"1"' }, body: { title: 'App' } };
    for (const [method, url, call] of [
      ['PATCH', `/quotes/${id}`, seen],
      ['DELETE', `/quotes/${id}`, { headers: seen.headers }],
      ['POST', `/quotes/${id}/cancel`, { ...seen, body: { reason: 'x' } }],
      ['POST', `/quotes/${id}/lines`, { ...seen, body: line() }],
      ['PUT', `/quotes/${id}/lines`, { ...seen, body: { lines: [] } }],
    ] as const)
      expect((await desk.call(method, url, undefined, call)).status).toBe(412);
    expect((await desk.read(id)).status).toBe('draft');
  });

  it('of a customer or a project that is not there, or not theirs, is refused', async () => {
    const { id } = await desk.drafted();
    const other = await new Desk(office).customerId();
    const project = done(
      await desk.post('/projects', { customerId: other, code: desk.currency, name: 'P' }),
    ).body;
    for (const [body, code] of [
      [{ customerId: id }, 'CUSTOMER_NOT_FOUND'],
      [{ projectId: id }, 'PROJECT_NOT_FOUND'],
      [{ projectId: project.id }, 'PROJECT_NOT_FOUND'],
    ] as const) {
      expect(await desk.post('/quotes', await desk.quote(body))).toMatchObject({
        status: 404,
        body: { code },
      });
      expect(await desk.patch(`/quotes/${id}`, body)).toMatchObject({ status: 404, body: { code } });
    }
    const moved = await desk.patch(`/quotes/${id}`, { customerId: other, projectId: project.id });
    expect(moved.body).toMatchObject({ customerId: other, projectId: project.id });
    const back = await desk.patch(`/quotes/${id}`, { customerId: await desk.customerId() });
    expect(back.body).toMatchObject({ projectId: null });
  });

  it('keeps its currency as long as it has lines, and its validity in order', async () => {
    const { id } = await desk.drafted();
    const refused = await desk.patch(`/quotes/${id}`, { currency: 'EUR' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'QUOTE_CURRENCY_FIXED' } });
    const over = await desk.patch(`/quotes/${id}`, { validUntil: inDays(-1) });
    expect(over).toMatchObject({ status: 422, body: { code: 'VALIDITY_ORDER' } });
    await desk.put(`/quotes/${id}/lines`, { lines: [] });
    expect((await desk.patch(`/quotes/${id}`, { currency: 'EUR' })).body.currency).toBe('EUR');
  });

  it('has the tax of its first day', async () => {
    await new Desk(office).post('/tax-rates', {
      taxClass: 'standard',
      rate: '0.16',
      validFrom: '2099-01-01',
    });
    const { id } = await desk.drafted({ validUntil: '2099-12-31' });
    const { body } = await desk.patch(`/quotes/${id}`, { validFrom: '2099-01-01' });
    expect(body).toMatchObject({ taxAmount: '960.00', version: 2 });
    const early = await desk.patch(`/quotes/${id}`, { validFrom: '2019-12-31' });
    expect(early).toMatchObject({
      status: 422,
      body: { code: 'TAX_RATE_MISSING', errors: [{ path: 'lines[0]' }] },
    });
  });

  it.each<[string, Item, string]>([
    [
      '15 of 100 at -5 %',
      line({ quantity: 15, unitPrice: 100, discountType: 'percentage', discountValue: 0.05 }),
      '1638.75',
    ],
    [
      '20 of 120 at -12 each',
      line({ quantity: 20, unitPrice: 120, discountType: 'per_unit', discountValue: '12' }),
      '2484.00',
    ],
    [
      '1,000 without 150',
      line({ quantity: 1, unitPrice: 1000, discountType: 'fixed', discountValue: '150' }),
      '977.50',
    ],
  ])('costs, %s: %p', async (_, one, total) => {
    expect((await desk.drafted({ lines: [one] })).totalAmount).toBe(total);
  });

  it('names prices with tax where they include it', async () => {
    const [one] = [line({ quantity: '1', unitPrice: '115' })];
    expect(await desk.drafted({ pricesIncludeTax: true, lines: [one] })).toMatchObject({
      netAmount: '100.00',
      taxAmount: '15.00',
      totalAmount: '115.00',
    });
  });

  it.each<[Item, string]>([
    [{ lines: [line({ discountType: 'fixed', discountValue: '6000.01' })] }, 'lines[0].discountValue'],
    [{ lines: [line({ discountType: 'percentage', discountValue: '1.0001' })] }, 'lines[0].discountValue'],
    [{ lines: [line(), line({ discountType: 'fixed' })] }, 'lines[1].discountValue'],
    [{ discountValue: '5' }, 'discountValue'],
    [{ discountType: 'fixed', discountValue: '6000.01' }, 'discountValue'],
    [{ lines: [line({ quantity: '999999', unitPrice: '99999999999' })] }, 'lines[0]'],
  ])('has no price with %j', async (rest, path) => {
    const body = await desk.quote(rest);
    for (const answer of [await desk.post('/quotes', body), await desk.post('/quotes/preview', only(body))])
      expect(answer).toMatchObject({ status: 422, body: { code: 'PRICING_REFUSED', errors: [{ path }] } });
  });

  const only = ({ currency, discountType, discountValue, lines }: Item) => ({
    currency,
    lines,
    ...(discountType !== undefined && { discountType }),
    ...(discountValue !== undefined && { discountValue }),
  });

  it.each<[Item, string[]]>([
    [{ title: '' }, ['title']],
    [{ title: null }, ['title']],
    [{ currency: 'eur' }, ['currency']],
    [{ validUntil: '2026-02-30' }, ['validUntil']],
    [{ exchangeRate: '0.000000' }, ['exchangeRate']],
    [{ discountType: 'per_unit', discountValue: '1' }, ['discountType']],
    [{ totalAmount: '1.00' }, ['totalAmount']],
    [{ status: 'accepted' }, ['status']],
    [{ number: 'Q-1' }, ['number']],
    [{ lines: {} }, ['lines']],
    [{ lines: [null, 7, []] }, ['lines.0', 'lines.1', 'lines.2']],
    [{ lines: [{}] }, ['lines.0.description', 'lines.0.quantity']],
    [{ lines: [line({ total: '1' })] }, ['lines.0.total']],
    [{ lines: [line({ quantity: 0 })] }, ['lines.0.quantity']],
    [{ lines: [line({ quantity: '-1' })] }, ['lines.0.quantity']],
    [{ lines: [line({ quantity: '1.00001' })] }, ['lines.0.quantity']],
    [{ lines: [line({ unitPrice: '1e3' })] }, ['lines.0.unitPrice']],
    [{ lines: [line({ kind: 'gift' })] }, ['lines.0.kind']],
    [{ lines: [line({ kind: null })] }, ['lines.0.kind']],
    [{ lines: [line({ description: 'x'.repeat(4_001) })] }, ['lines.0.description']],
    [{ lines: [line({ description: 'a\u0000' })] }, ['lines.0.description']],
    [{ lines: [line({ sku: '\ud800' })] }, ['lines.0.sku']],
    [{ lines: [line({ serviceCategoryId: 'x' })] }, ['lines.0.serviceCategoryId']],
    [{ lines: [line({ metadata: 'x' })] }, ['lines.0.metadata']],
    [{ lines: Array.from({ length: 1_001 }, () => line()) }, ['lines']],
  ])('is refused with %#', async (rest, places) => {
    const { status, body } = await desk.post('/quotes', await desk.quote(rest));
    expect([status, placesOf(body)]).toEqual([400, places]);
  });

  it('keeps no business value in metadata, nor its lines, whichever route it comes by', async () => {
    const { id, lines } = await desk.drafted();
    const metadata = { deep: [{ Unit_Price: 1 }] };
    const answers = [
      await desk.post('/quotes', await desk.quote({ metadata })),
      await desk.post('/quotes', await desk.quote({ lines: [line({ metadata })] })),
      await desk.post('/quotes/preview', { currency: desk.currency, lines: [line({ metadata })] }),
      await desk.patch(`/quotes/${id}`, { metadata }),
      await desk.post(`/quotes/${id}/lines`, line({ metadata })),
      await desk.put(`/quotes/${id}/lines`, { lines: [line({ metadata })] }),
      await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { metadata }),
      await desk.get(`/quotes?metadata.price=1`),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [400, 'METADATA_FORBIDDEN_KEY']),
    );
    expect(await desk.read(id)).toMatchObject({ metadata: {}, version: 1 });
  });

  it('keeps every other key of its metadata, which is no content', async () => {
    const metadata = { constructor: { name: 'x' }, prototype: 1, toString: 'y' };
    const { id } = await desk.sent({ metadata, lines: [line({ metadata })] });
    expect(await desk.read(id)).toMatchObject({ metadata, lines: [{ metadata }] });
    const { status, body } = await desk.patch(`/quotes/${id}`, { metadata: { tag: 'a' } });
    expect([status, body.metadata, body.version]).toEqual([200, { tag: 'a' }, 1]);
  });
});

describe('a list of quotes', () => {
  const ids = async (query: string, as = desk) =>
    done(await as.get(`/quotes?limit=100&${query}`)).body.data.map(({ id }: { id: string }) => id);

  it('is filtered by what quotes are', async () => {
    const customer = await desk.customerId();
    const project = done(
      await desk.post('/projects', { customerId: customer, code: desk.currency, name: 'P' }),
    ).body;
    const draft = await desk.drafted({
      title: '100 % Kaffee',
      projectId: project.id,
      metadata: { tag: 'a' },
    });
    const sent = await desk.sent({ title: 'Tee', validUntil: inDays(60) });
    const expired = await desk.expired({ title: 'Kakao' });
    const of = `customer=${customer}`;
    expect(await ids(of)).toEqual([expired.id, sent.id, draft.id]);
    expect(await ids(`${of}&status=draft`)).toEqual([draft.id]);
    expect(await ids(`${of}&status=sent`)).toEqual([sent.id]);
    expect(await ids(`${of}&status=expired`)).toEqual([expired.id]);
    expect(await ids(`project=${project.id}`)).toEqual([draft.id]);
    expect(await ids(`${of}&q=kaff`)).toEqual([draft.id]);
    expect(await ids(`${of}&q=${encodeURIComponent('0 %')}`)).toEqual([draft.id]);
    expect(await ids(`q=${sent.number}`)).toEqual([sent.id]);
    expect(await ids(`${of}&q=_`)).toEqual([]);
    expect(await ids(`${of}&validFrom=${inDays(0)}`)).toEqual([sent.id, draft.id]);
    expect(await ids(`${of}&validUntil=${inDays(30)}`)).toEqual([expired.id, draft.id]);
    expect(await ids(`${of}&metadata.tag=a`)).toEqual([draft.id]);
    expect(await ids(`${of}&createdBy=${draft.createdBy}`)).toHaveLength(3);
    expect(await ids(`${of}&createdBy=${customer}`)).toEqual([]);
  });

  it('comes page by page, newest first, without lines or internal notes', async () => {
    const made = [
      await desk.drafted({ internalNotes: 'secret' }),
      await desk.drafted(),
      await desk.drafted(),
    ];
    const of = `customer=${await desk.customerId()}`;
    const first = await desk.get(`/quotes?limit=2&${of}`);
    const second = await desk.get(`/quotes?limit=2&${of}&after=${first.body.page.next}`);
    const all = [...first.body.data, ...second.body.data];
    expect(all.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed());
    expect(second.body.page.next).toBeNull();
    expect(first.text + second.text).not.toMatch(/secret|lines/);
  });

  it('tells a stranger nothing', async () => {
    await desk.drafted();
    const of = `customer=${await desk.customerId()}`;
    expect(await ids(of, desk.as(office.globex.apiKey))).toEqual([]);
  });
});

describe('the lines of a quote', () => {
  it('are added, changed and removed; each time the whole quote is answered, priced anew', async () => {
    const { id, lines } = await desk.drafted({ discountType: 'percentage', discountValue: '0.1' });
    const added = await desk.post(`/quotes/${id}/lines`, line({ description: 'Hosting', quantity: 10 }));
    expect(added).toMatchObject({
      status: 201,
      body: { subtotal: '7500.00', totalAmount: '7762.50', version: 2 },
    });
    const second = added.body.lines[1];
    const changed = await desk.patch(`/quotes/${id}/lines/${second.id}`, { quantity: '20' });
    expect(changed.body).toMatchObject({ subtotal: '9000.00', version: 3 });
    expect(changed.body.lines[1]).toMatchObject({ id: second.id, lineNumber: 2, description: 'Hosting' });
    const removed = await desk.delete(`/quotes/${id}/lines/${lines[0].id}`);
    expect(removed).toMatchObject({ status: 200, body: { subtotal: '3000.00', version: 4 } });
    expect(removed.body.lines).toMatchObject([{ id: second.id, lineNumber: 2 }]);
    expect(removed.headers['etag']).toBe((await desk.get(`/quotes/${id}`)).headers['etag']);
    expect((await desk.get(`/quotes/${id}/lines`)).body.data).toEqual(removed.body.lines);
    expect((await desk.post(`/quotes/${id}/lines`, line())).body.lines[1].lineNumber).toBe(3);
    const gone = await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, {});
    expect(gone).toMatchObject({ status: 404, body: { code: 'QUOTE_LINE_NOT_FOUND' } });
  });

  it('replaced as a whole keep the ids of those whose number stays', async () => {
    const { id, lines } = await desk.drafted({
      lines: [line({ description: 'a' }), line({ description: 'b' })],
    });
    const put = (...descriptions: string[]) =>
      desk.put(`/quotes/${id}/lines`, { lines: descriptions.map((description) => line({ description })) });
    const more = (await put('b', 'a', 'c')).body;
    expect(more.lines.map((it: Item) => it['description'])).toEqual(['b', 'a', 'c']);
    expect(more.lines.slice(0, 2).map((it: Item) => it['id'])).toEqual(lines.map((it: Item) => it['id']));
    const fewer = (await put('b')).body;
    expect(fewer.lines.map((it: Item) => it['id'])).toEqual([lines[0].id]);
    const { changes } = (await desk.get(`/quotes/${id}/versions/2/diff/3`)).body;
    expect(changes.map(({ kind }: Item) => kind)).toEqual([
      ...Array(3).fill('quote_changed'),
      'line_removed',
      'line_removed',
    ]);
    expect(await put()).toMatchObject({ status: 200, body: { totalAmount: '0.00', lines: [], taxes: [] } });
  });

  it('get their rate by code, by category, by description, in this order, and keep it', async () => {
    const category = done(
      await desk.post('/service-categories', { code: `C-${desk.currency}`, name: 'C', defaultUnit: 'day' }),
    ).body.id;
    const items = await desk.rates(
      { itemCode: 'DEV', name: 'Development', baseRate: '150', cost: '90', taxClass: 'reduced' },
      { itemCode: 'OPS', name: 'Operations', baseRate: '120', serviceCategoryId: category, unit: 'day' },
    );
    const unpriced = (rest: Item) => ({ description: 'Anything', quantity: 1, ...rest });
    const { id, lines } = await desk.drafted({
      lines: [
        unpriced({ itemCode: 'DEV' }),
        unpriced({ serviceCategoryId: category }),
        unpriced({ description: 'Operations' }),
        unpriced({ itemCode: 'NONE', description: 'Development' }),
        line({ serviceCategoryId: category }),
      ],
    });
    const of = (source: string, code?: string) => ({
      rateSource: source,
      rateCardItemId: code ? items[code] : null,
    });
    expect(lines).toMatchObject([
      {
        ...of('item_code', 'DEV'),
        unitPrice: '150.0000',
        unitCost: '90.0000',
        unit: 'hour',
        taxClass: 'reduced',
      },
      { ...of('service_category', 'OPS'), unitPrice: '120.0000', unit: 'day', taxClass: 'standard' },
      { ...of('description', 'OPS'), serviceCategoryId: category },
      of('description', 'DEV'),
      { ...of('explicit'), unit: 'day', unitPrice: '150.0000' },
    ]);
    const card = done(await desk.get(`/rate-cards?currency=${desk.currency}`)).body.data[0].id;
    done(await desk.patch(`/rate-cards/${card}/items/${items['DEV']}`, { baseRate: '200' }));
    const first = `/quotes/${id}/lines/${lines[0].id}`;
    expect((await desk.patch(first, { quantity: 2 })).body.lines[0].unitPrice).toBe('150.0000');
    expect((await desk.patch(first, { itemCode: 'DEV' })).body.lines[0].unitPrice).toBe('200.0000');
    const fifth = `/quotes/${id}/lines/${lines[4].id}`;
    const looked = (await desk.patch(fifth, { unitPrice: null })).body.lines[4];
    expect(looked).toMatchObject({ ...of('service_category', 'OPS'), unitPrice: '120.0000' });
  });

  it('without a rate are named, all of them', async () => {
    const lines = [line(), { description: 'a', quantity: 1 }, { description: 'b', quantity: 1 }];
    expect(await desk.post('/quotes', await desk.quote({ lines }))).toMatchObject({
      status: 422,
      body: { code: 'RATE_NOT_FOUND', errors: [{ path: 'lines[1]' }, { path: 'lines[2]' }] },
    });
  });

  it('of a category that is not there are refused', async () => {
    const { id } = await desk.drafted();
    const answer = await desk.post(`/quotes/${id}/lines`, line({ serviceCategoryId: id }));
    expect(answer).toMatchObject({ status: 422, body: { code: 'LINE_CATEGORY_UNKNOWN' } });
  });

  it('get no price of their own from whoever may not override, and it is never ignored', async () => {
    const writer = await desk.allowed('quotes:read', 'quotes:write');
    const { id, lines } = await desk.drafted();
    const refused = {
      status: 403,
      body: { code: 'PRICE_OVERRIDE_NOT_ALLOWED', errors: [{ path: 'lines[0]' }] },
    };
    const url = `/quotes/${id}/lines`;
    expect(await writer.post('/quotes', await desk.quote())).toMatchObject(refused);
    expect(await writer.post('/quotes/preview', { currency: 'EUR', lines: [line()] })).toMatchObject(refused);
    expect(await writer.post(url, line())).toMatchObject(refused);
    expect(await writer.put(url, { lines: [line()] })).toMatchObject(refused);
    expect(await writer.patch(`${url}/${lines[0].id}`, { unitPrice: '151' })).toMatchObject(refused);
    // Who sends back the price that is there overrides nothing.
    const same = await writer.patch(`${url}/${lines[0].id}`, { unitPrice: '150.00', quantity: 41 });
    expect(same).toMatchObject({
      status: 200,
      body: { lines: [{ unitPrice: '150.0000', quantity: '41.0000' }] },
    });
  });

  it('are at most a thousand; so many are priced, stored, versioned and read', async () => {
    const lines = Array.from({ length: 1_000 }, (_, at) =>
      line({ description: `Line ${at}`, quantity: 1 + (at % 7), unitPrice: `${10 + at}.0${at % 10}` }),
    );
    const quote = await desk.drafted({ lines, discountType: 'fixed', discountValue: '99.99' });
    const preview = await desk.post('/quotes/preview', {
      currency: desk.currency,
      lines,
      discountType: 'fixed',
      discountValue: '99.99',
    });
    const { totalAmount, taxes } = quote;
    expect(preview).toMatchObject({ status: 200, body: { totalAmount, taxes } });
    expect(await desk.read(quote.id)).toEqual(quote);
    const one = (await desk.post(`/quotes/${quote.id}/lines`, line())).body;
    expect(one).toMatchObject({ code: 'TOO_MANY_LINES' });
    const changed = done(
      await desk.patch(`/quotes/${quote.id}/lines/${quote.lines[500].id}`, { quantity: 9 }),
    ).body;
    expect(changed.version).toBe(2);
    const { body: diff } = await desk.get(`/quotes/${quote.id}/versions/1/diff/2`);
    expect(diff.changes).toContainEqual(
      expect.objectContaining({ kind: 'line_changed', field: 'quantity', after: '9.0000' }),
    );
    const reversed = done(await desk.put(`/quotes/${quote.id}/lines`, { lines: lines.toReversed() })).body;
    expect(reversed.totalAmount).toBe(totalAmount);
  });
});

describe('a preview', () => {
  it('is what would be stored, and stores nothing', async () => {
    const body = {
      currency: desk.currency,
      lines: [line()],
      discountType: 'percentage',
      discountValue: '0.1',
    };
    const { status, body: preview } = await desk.post('/quotes/preview', body);
    expect(status).toBe(200);
    const stored = await desk.drafted({ discountType: 'percentage', discountValue: '0.1' });
    const { id: _id, ...first } = stored.lines[0];
    expect(preview.lines[0]).toMatchObject(first);
    for (const field of ['subtotal', 'discountAmount', 'netAmount', 'taxAmount', 'totalAmount', 'taxes'])
      expect(preview[field]).toEqual(stored[field]);
    expect((await desk.get(`/quotes?customer=${await desk.customerId()}`)).body.data).toHaveLength(1);
  });

  it('of no lines costs nothing', async () => {
    const { body } = await desk.post('/quotes/preview', { currency: 'EUR', lines: [] });
    expect(body).toMatchObject({ totalAmount: '0.00', taxes: [], lines: [] });
  });
});
