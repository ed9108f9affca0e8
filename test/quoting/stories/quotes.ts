import { describe, expect, it } from '@jest/globals';
import { placesOf } from '../../contracts/places.js';
import { Desk, done, inDays, type Item, line } from '../desk.js';
import { desk, office } from '../here.js';

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
    expect(version.lines.map((made: { lineId: string }) => made.lineId)).toEqual(
      answer.body.lines.map((made: { id: string }) => made.id),
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
      body: { code: 'TAX_RATE_MISSING', errors: [{ path: 'lines.0' }] },
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
    [{ lines: [line({ discountType: 'fixed', discountValue: '6000.01' })] }, 'lines.0.discountValue'],
    [{ lines: [line({ discountType: 'percentage', discountValue: '1.0001' })] }, 'lines.0.discountValue'],
    [{ lines: [line(), line({ discountType: 'fixed' })] }, 'lines.1.discountValue'],
    [{ discountValue: '5' }, 'discountValue'],
    [{ discountType: 'fixed', discountValue: '6000.01' }, 'discountValue'],
    [{ lines: [line({ quantity: '999999', unitPrice: '99999999999' })] }, 'lines.0'],
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
    const writer = await desk.allowed('quotes:read', 'quotes:write');
    const { status, body } = await writer.patch(`/quotes/${id}`, { metadata: { tag: 'a' } });
    expect([status, body.metadata, body.version]).toEqual([200, { tag: 'a' }, 1]);
  });
});
