import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { Catalogue, type Row } from './catalogue.js';

let api: TestApp;
let catalogue: Catalogue;
beforeAll(async () => {
  api = await createTestApp();
  catalogue = new Catalogue(api);
});
afterAll(() => api.close());

const aCategory = (rest: object = {}) =>
  catalogue.make('/service-categories', { code: newId(), name: 'Development', ...rest });
const aCard = (rest: object = {}) =>
  catalogue.make('/rate-cards', { name: newId(), currency: 'EUR', effectiveFrom: '2026-01-01', ...rest });
const anItem = (card: string, rest: object = {}) =>
  catalogue.make(`/rate-cards/${card}/items`, {
    itemCode: newId(),
    name: 'Senior development',
    unit: 'hour',
    baseRate: '150',
    ...rest,
  });
const refusal = (status: number, code: string) => ({ status, body: { code } });
const ids = (rows: Row[]) => rows.map(({ id }) => id);

describe('a service category', () => {
  it('has a code of its own, and hours for a unit unless something else is said', async () => {
    const { id, code, ...rest } = await aCategory();
    expect(rest).toMatchObject({ name: 'Development', defaultUnit: 'hour' });
    const again = await catalogue.call('POST', '/service-categories', { body: { code, name: 'Again' } });
    expect(again).toMatchObject(refusal(409, 'SERVICE_CATEGORY_EXISTS'));
    const url = `/service-categories/${(await aCategory()).id}`;
    expect(await catalogue.call('PATCH', url, { body: { code } })).toMatchObject(
      refusal(409, 'SERVICE_CATEGORY_EXISTS'),
    );
    expect((await catalogue.call('DELETE', `/service-categories/${id}`)).status).toBe(204);
    expect((await catalogue.call('PATCH', url, { body: { code, defaultUnit: 'day' } })).body).toMatchObject({
      code,
      defaultUnit: 'day',
    });
  });

  it('is not removed while a rate is for it', async () => {
    const { id } = await aCategory();
    const card = await aCard();
    const item = await anItem(card.id, { serviceCategoryId: id });
    const remove = () => catalogue.call('DELETE', `/service-categories/${id}`);
    expect(await remove()).toMatchObject(refusal(409, 'SERVICE_CATEGORY_IN_USE'));
    await catalogue.call('PATCH', `/rate-cards/${card.id}/items/${item.id}`, {
      body: { serviceCategoryId: null },
    });
    expect((await remove()).status).toBe(204);
  });

  it('may go where its only rates are of a card that is gone', async () => {
    const { id } = await aCategory();
    const card = await aCard();
    await anItem(card.id, { serviceCategoryId: id });
    await catalogue.call('DELETE', `/rate-cards/${card.id}`);
    expect((await catalogue.call('DELETE', `/service-categories/${id}`)).status).toBe(204);
  });

  it('is searched and sorted', async () => {
    const mark = newId();
    for (const name of ['Design', 'Advice', 'Work']) await aCategory({ name: `${name} ${mark}` });
    const found = await catalogue.walk(`/service-categories?limit=2&q=${mark}&sort=name`);
    expect(found.map(({ name }) => name[0]).join('')).toBe('ADW');
    const url = `/service-categories?q=advice%20${mark}`;
    expect((await catalogue.call('GET', url)).body.data).toHaveLength(1);
    expect(await catalogue.wrong('/service-categories', { code: 'a', defaultUnit: 'mile' })).toEqual([
      'name',
      'defaultUnit',
    ]);
  });
});

describe('a rate card', () => {
  it('is active, no default, and in force for ever, unless something else is said', async () => {
    const { id, ...card } = await aCard({ metadata: { region: 'north' } });
    expect(card).toMatchObject({
      version: 1,
      currency: 'EUR',
      effectiveFrom: '2026-01-01',
      effectiveUntil: null,
      isDefault: false,
      isActive: true,
      metadata: { region: 'north' },
    });
    const { headers } = await catalogue.call('GET', `/rate-cards/${id}`);
    const change = (body: object) =>
      catalogue.call('PATCH', `/rate-cards/${id}`, {
        body,
        headers: { 'if-match': String(headers['etag']) },
      });
    expect((await change({ effectiveUntil: '2026-12-31', isActive: false })).body).toMatchObject({
      ...card,
      effectiveUntil: '2026-12-31',
      isActive: false,
      updatedAt: expect.any(String),
    });
    expect((await change({ isActive: true })).status).toBe(412);
  });

  it('has each of its versions once', async () => {
    const { name } = await aCard();
    await aCard({ name, version: 2 });
    const again = { name, version: 2, currency: 'USD', effectiveFrom: '2026-01-01' };
    expect(await catalogue.call('POST', '/rate-cards', { body: again })).toMatchObject(
      refusal(409, 'RATE_CARD_EXISTS'),
    );
  });

  it('begins before it ends, also where only one day is changed', async () => {
    const days = { effectiveFrom: '2026-01-01', effectiveUntil: '2026-01-01' };
    expect(
      await catalogue.call('POST', '/rate-cards', { body: { name: 'x', currency: 'EUR', ...days } }),
    ).toMatchObject(refusal(422, 'PERIOD_REVERSED'));
    const { id } = await aCard({ effectiveUntil: '2026-06-30' });
    const change = await catalogue.call('PATCH', `/rate-cards/${id}`, {
      body: { effectiveFrom: '2026-07-01' },
    });
    expect(change).toMatchObject(refusal(422, 'PERIOD_REVERSED'));
  });

  it('is the default of its currency instead of the one before', async () => {
    const defaults = async (currency: string) =>
      ids(await catalogue.walk(`/rate-cards?isDefault=true&currency=${currency}`));
    const first = await aCard({ currency: 'CHF', isDefault: true });
    const other = await aCard({ currency: 'SEK', isDefault: true });
    const second = await aCard({ currency: 'CHF', isDefault: true });
    expect(await defaults('CHF')).toEqual([second.id]);
    await catalogue.call('PATCH', `/rate-cards/${first.id}`, { body: { isDefault: true } });
    expect(await defaults('CHF')).toEqual([first.id]);
    expect(await defaults('SEK')).toEqual([other.id]);
    await catalogue.call('DELETE', `/rate-cards/${first.id}`);
    expect(await defaults('CHF')).toEqual([]);
  });

  it('is the only default where eight become it at once; the others are told', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, () =>
        catalogue.call('POST', '/rate-cards', {
          body: { name: newId(), currency: 'NOK', effectiveFrom: '2026-01-01', isDefault: true },
        }),
      ),
    );
    for (const { status, body } of made)
      expect(status === 201 || body.code === 'DEFAULT_RATE_CARD_TAKEN').toBe(true);
    expect(await catalogue.walk('/rate-cards?isDefault=true&currency=NOK')).toHaveLength(1);
  });

  it('is found by the day it is in force, by currency, by name, and sorted by its first day', async () => {
    const mark = newId();
    const card = (name: string, rest: object) => aCard({ name: `${name} ${mark}`, currency: 'DKK', ...rest });
    await card('old', { effectiveFrom: '2024-01-01', effectiveUntil: '2025-12-31' });
    await card('later', { effectiveFrom: '2027-01-01' });
    await card('now', { effectiveFrom: '2025-12-31', isActive: false });
    const listed = async (query: string) =>
      (await catalogue.walk(`/rate-cards?currency=DKK&limit=1${query}`)).map(
        ({ name }) => name.split(' ')[0],
      );
    expect(await listed('&on=2025-12-31&sort=effectiveFrom')).toEqual(['old', 'now']);
    expect(await listed('&on=2027-01-01&sort=-effectiveFrom')).toEqual(['later', 'now']);
    expect(await listed('&isActive=false')).toEqual(['now']);
    expect(await listed(`&q=LATER%20${mark}`)).toEqual(['later']);
    expect(await listed('&sort=name')).toEqual(['later', 'now', 'old']);
  });

  it.each<[string, object]>([
    ['currency', { currency: 'eur' }],
    ['currency', { currency: 'EURO' }],
    ['version', { version: 0 }],
    ['version', { version: 1.5 }],
    ['effectiveFrom', { effectiveFrom: '2026-13-01' }],
    ['isDefault', { isDefault: 'yes' }],
    ['metadata.rate', { metadata: { rate: 1 } }],
  ])('is refused with a wrong %s: %j', async (path, body) => {
    const card = { name: 'x', currency: 'EUR', effectiveFrom: '2026-01-01', ...body };
    expect(await catalogue.wrong('/rate-cards', card)).toEqual([path]);
  });
});

describe('an item of a rate card', () => {
  let card: string;
  beforeAll(async () => {
    card = (await aCard()).id;
  });
  const at = (id: string, itemId: string) => `/rate-cards/${id}/items/${itemId}`;

  it('keeps its rates to the last of their four places', async () => {
    const item = await anItem(card, { baseRate: '0.8501', cost: 90.5, taxClass: 'reduced', sortOrder: 3 });
    expect(item).toMatchObject({
      rateCardId: card,
      serviceCategoryId: null,
      baseRate: '0.8501',
      cost: '90.5000',
      taxClass: 'reduced',
      sortOrder: 3,
      effectiveFrom: null,
    });
    const change = await catalogue.call('PATCH', at(card, item.id), { body: { cost: null, unit: 'day' } });
    expect(change.body).toMatchObject({ baseRate: '0.8501', cost: null, unit: 'day' });
    expect((await catalogue.call('GET', at(card, item.id))).body).toEqual(change.body);
  });

  it('has a code of its own in its card', async () => {
    const { id, itemCode } = await anItem(card);
    const item = { itemCode, name: 'x', unit: 'hour', baseRate: '1' };
    expect(await catalogue.call('POST', `/rate-cards/${card}/items`, { body: item })).toMatchObject(
      refusal(409, 'RATE_CARD_ITEM_EXISTS'),
    );
    await anItem((await aCard()).id, item);
    expect((await catalogue.call('DELETE', at(card, id))).status).toBe(204);
    await anItem(card, item);
  });

  it('is of its card, and of no other, nor of one that is gone', async () => {
    const gone = (await aCard()).id;
    const item = await anItem(gone);
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await catalogue.call(method, at(card, item.id), { body: {} })).toMatchObject(
        refusal(404, 'RATE_CARD_ITEM_NOT_FOUND'),
      );
    await catalogue.call('DELETE', `/rate-cards/${gone}`);
    expect(await catalogue.call('GET', at(gone, item.id))).toMatchObject(refusal(404, 'RATE_CARD_NOT_FOUND'));
    expect(
      await catalogue.call('POST', `/rate-cards/${gone}/items`, {
        body: { itemCode: 'x', name: 'x', unit: 'hour', baseRate: '1' },
      }),
    ).toMatchObject(refusal(404, 'RATE_CARD_NOT_FOUND'));
  });

  it('is not listed from a cursor that is none, nor of a card that is not there', async () => {
    const list = (id: string, query = '') => catalogue.call('GET', `/rate-cards/${id}/items${query}`);
    expect(await list(card, '?after=x')).toMatchObject(refusal(400, 'CURSOR_INVALID'));
    expect(await list(newId())).toMatchObject(refusal(404, 'RATE_CARD_NOT_FOUND'));
  });

  it('is of a service category that is there', async () => {
    const gone = await aCategory();
    await catalogue.call('DELETE', `/service-categories/${gone.id}`);
    const theirs = await api.call('POST', '/v1/service-categories', {
      as: api.globex.apiKey,
      body: { code: 'X', name: 'X' },
    });
    for (const serviceCategoryId of [gone.id, theirs.body.id, newId()]) {
      const body = { itemCode: newId(), name: 'x', unit: 'hour', baseRate: '1', serviceCategoryId };
      expect(await catalogue.call('POST', `/rate-cards/${card}/items`, { body })).toMatchObject(
        refusal(404, 'SERVICE_CATEGORY_NOT_FOUND'),
      );
    }
  });

  it('is listed in the order of the card, by category, searched and sorted', async () => {
    const { id } = await aCard();
    const category = await aCategory();
    for (const [itemCode, name, sortOrder] of [
      ['B', 'Testing', 2],
      ['C', 'Design', 1],
      ['A', 'Advice', 1],
    ] as const)
      await anItem(id, {
        itemCode,
        name,
        sortOrder,
        ...(itemCode !== 'B' && { serviceCategoryId: category.id }),
      });
    const listed = async (query: string) =>
      (await catalogue.walk(`/rate-cards/${id}/items?limit=1${query}`))
        .map(({ itemCode }) => itemCode)
        .join('');
    expect(await listed('')).toBe('CAB');
    expect(await listed('&sort=-sortOrder')).toBe('BAC');
    expect(await listed('&sort=itemCode')).toBe('ABC');
    expect(await listed('&sort=createdAt')).toBe('BCA');
    expect(await listed(`&serviceCategory=${category.id}`)).toBe('CA');
    expect(await listed('&q=test')).toBe('B');
  });

  it.each<[string, object]>([
    ['itemCode', { itemCode: 'a b' }],
    ['unit', { unit: 'mile' }],
    ['baseRate', { baseRate: '1.00001' }],
    ['baseRate', { baseRate: '-1' }],
    ['baseRate', { baseRate: null }],
    ['baseRate', { baseRate: 'free' }],
    ['cost', { cost: '100000000000' }],
    ['taxClass', { taxClass: 'none' }],
    ['sortOrder', { sortOrder: -1 }],
    ['sortOrder', { sortOrder: 2 ** 40 }],
  ])('is refused with a wrong %s: %j', async (path, body) => {
    const item = { itemCode: 'x', name: 'x', unit: 'hour', baseRate: '1', ...body };
    expect(await catalogue.wrong(`/rate-cards/${card}/items`, item)).toEqual([path]);
  });
});
