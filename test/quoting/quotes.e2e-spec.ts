import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Desk, type Office, line, openOffice } from './desk.js';

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
});
