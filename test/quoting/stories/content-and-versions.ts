import { beforeEach, describe, expect, it } from '@jest/globals';
import { Desk, done, type Item, line } from '../desk.js';
import { desk, office } from '../here.js';
import { BROUGHT, acted } from './actions.js';

describe('the content of a quote', () => {
  const edits = async (id: string, lineId: string, as: Desk) => [
    await as.patch(`/quotes/${id}`, { title: `changed ${Math.random()}` }),
    await as.post(`/quotes/${id}/lines`, line()),
    await as.patch(`/quotes/${id}/lines/${lineId}`, { quantity: '7' }),
    await as.put(`/quotes/${id}/lines`, { lines: [line(), line()] }),
    await as.delete(`/quotes/${id}/lines/${lineId}`),
  ];
  let writer: Desk;
  beforeEach(async () => {
    writer = await desk.allowed('quotes:read', 'quotes:write', 'quotes:override-price');
  });

  it.each(['draft', 'pending'] as const)('of one that is %s is changed by whoever writes', async (status) => {
    const { id, lines } = await BROUGHT[status]();
    const statuses = (await edits(id, lines[0].id, writer)).map((answer) => answer.status);
    expect(statuses).toEqual([200, 201, 200, 200, 200]);
  });

  it.each(['approved', 'sent', 'viewed'] as const)(
    'of one that is %s is changed by force only',
    async (status) => {
      const before = await BROUGHT[status]();
      for (const answer of await edits(before.id, before.lines[0].id, writer))
        expect(answer).toMatchObject({ status: 409, body: { code: 'QUOTE_STATE' } });
      expect(await desk.read(before.id)).toEqual(before);
      const versions = (await edits(before.id, before.lines[0].id, desk)).map(({ body }) => body.version);
      expect(versions).toEqual([2, 3, 4, 5, 6]);
      const noted = await desk.patch(`/quotes/${before.id}`, { internalNotes: 'not material, but forced' });
      expect(noted.body.version).toBe(7);
      expect((await desk.patch(`/quotes/${before.id}`, {})).body.version).toBe(7);
      const { body } = await desk.get(`/quotes/${before.id}/versions/2`);
      expect(body).toMatchObject({ reason: 'changed by force', status });
    },
  );

  it.each(['accepted', 'rejected', 'expired', 'cancelled'] as const)(
    'of one that is %s is changed by nobody',
    async (status) => {
      const before = await BROUGHT[status]();
      for (const answer of await edits(before.id, before.lines[0].id, desk)) expect(answer.status).toBe(409);
      expect(await desk.read(before.id)).toEqual(before);
    },
  );
});

describe('the versions of a quote', () => {
  const numbers = async (id: string) =>
    done(await desk.get(`/quotes/${id}/versions`)).body.data.map(({ number }: Item) => number);

  it('are made by changes of values, not by their presence', async () => {
    const { id, lines, title, validUntil } = await desk.drafted();
    await desk.patch(`/quotes/${id}`, { title, validUntil, exchangeRate: '1.0' });
    await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '40.00', unitPrice: 150 });
    await desk.patch(`/quotes/${id}`, { internalNotes: 'customers never see these' });
    await desk.patch(`/quotes/${id}`, {});
    expect(await numbers(id)).toEqual([1]);
    await desk.patch(`/quotes/${id}`, { title: 'App' });
    await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '41' });
    expect(await numbers(id)).toEqual([3, 2, 1]);
  });

  it('keep what was said, and tell the differences both ways', async () => {
    const { id, lines } = await desk.drafted();
    await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '41' });
    const [one, two] = [
      (await desk.get(`/quotes/${id}/versions/1`)).body,
      (await desk.get(`/quotes/${id}/versions/2`)).body,
    ];
    expect([one.quote.totalAmount, two.quote.totalAmount]).toEqual(['6900.00', '7072.50']);
    expect(one.lines).toMatchObject([{ lineId: lines[0].id, quantity: '40.0000' }]);
    const diff = async (n: number, m: number) =>
      (await desk.get(`/quotes/${id}/versions/${n}/diff/${m}`)).body;
    const { changes } = await diff(1, 2);
    expect(changes).toContainEqual({
      kind: 'line_changed',
      lineId: lines[0].id,
      field: 'quantity',
      before: '40.0000',
      after: '41.0000',
    });
    const swapped = changes.map(({ before, after, ...rest }: Item) => ({
      ...rest,
      before: after,
      after: before,
    }));
    expect(await diff(2, 1)).toEqual({ from: 2, to: 1, changes: swapped });
    expect(await diff(1, 1)).toEqual({ from: 1, to: 1, changes: [] });
  });

  it('that are not there, or of another tenant, are not found', async () => {
    const { id } = await desk.drafted();
    const stranger = desk.as(office.globex.apiKey);
    for (const path of ['versions/2', 'versions/1/diff/2', 'versions/2/diff/1'])
      expect((await desk.get(`/quotes/${id}/${path}`)).body.code).toBe('QUOTE_VERSION_NOT_FOUND');
    for (const path of ['versions', 'versions/1', 'versions/1/diff/1', 'lines', 'links'])
      expect((await stranger.get(`/quotes/${id}/${path}`)).body.code).toBe('QUOTE_NOT_FOUND');
    for (const n of ['0', '-1', '1.5', 'x', '2147483648'])
      expect((await desk.get(`/quotes/${id}/versions/${n}`)).status).toBe(400);
  });

  it('go on with a revision', async () => {
    const { id } = await BROUGHT.rejected();
    const revised = await acted(id, 'revise');
    expect(revised).toMatchObject({ version: 2, status: 'draft', rejectedAt: null, reason: null });
    const { body } = await desk.get(`/quotes/${id}/versions/2`);
    expect(body).toMatchObject({ reason: 'revised after it was rejected' });
    expect((await desk.get(`/quotes/${id}/versions/1/diff/2`)).body.changes).toEqual([]);
  });
});
