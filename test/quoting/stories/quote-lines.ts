import { describe, expect, it } from '@jest/globals';
import { done, type Item, line } from '../desk.js';
import { desk } from '../here.js';

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
    expect(more.lines.map((made: Item) => made['description'])).toEqual(['b', 'a', 'c']);
    expect(more.lines.slice(0, 2).map((made: Item) => made['id'])).toEqual(
      lines.map((made: Item) => made['id']),
    );
    const fewer = (await put('b')).body;
    expect(fewer.lines.map((made: Item) => made['id'])).toEqual([lines[0].id]);
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

  it('keep unit and cost where only the price is overridden, and versions where ids come in capitals', async () => {
    const category = done(
      await desk.post('/service-categories', {
        code: `OPS-${desk.currency}`,
        name: 'Operations',
        defaultUnit: 'day',
      }),
    ).body.id;
    await desk.rates({ itemCode: 'DEV', name: 'Development', baseRate: '150', cost: '90' });
    const items = [
      { description: 'Work', quantity: 2, itemCode: 'DEV' },
      line({ serviceCategoryId: category, unit: 'hour' }),
    ];
    const { id, customerId, lines } = await desk.drafted({ lines: items });
    const [first, second] = lines.map((each: Item) => `/quotes/${id}/lines/${String(each['id'])}`);
    expect(done(await desk.patch(first, { unitPrice: '140' })).body.lines[0]).toMatchObject({
      unitPrice: '140.0000',
      unit: 'hour',
      unitCost: '90.0000',
      rateSource: 'explicit',
    });
    const same = done(await desk.patch(second, { serviceCategoryId: category.toUpperCase() })).body;
    expect([same.version, same.lines[1].serviceCategoryId]).toEqual([2, category]);
    expect(
      done(await desk.patch(`/quotes/${id}`, { customerId: customerId.toUpperCase() })).body,
    ).toMatchObject({
      version: 2,
      customerId,
    });
  });

  it('without a rate are named, all of them', async () => {
    const lines = [line(), { description: 'a', quantity: 1 }, { description: 'b', quantity: 1 }];
    expect(await desk.post('/quotes', await desk.quote({ lines }))).toMatchObject({
      status: 422,
      body: { code: 'RATE_NOT_FOUND', errors: [{ path: 'lines.1' }, { path: 'lines.2' }] },
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
      body: { code: 'PRICE_OVERRIDE_NOT_ALLOWED', errors: [{ path: 'lines.0' }] },
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
