import { describe, expect, it } from '@jest/globals';
import { done, inDays } from '../desk.js';
import { desk, office } from '../here.js';

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
