import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOWHERE, RECIPES, callRecipe } from '../../../support/recipes.js';
import { aCategory, aProjectOfCustomer } from '../../../support/recipes/catalogue.js';
import { type FullApp, READS, answersTo, createFullApp, readAsStranger } from './lists.js';
import { TENANT_OPERATIONS, comparable } from './strangers.js';

let api: FullApp;
beforeAll(async () => {
  api = await createFullApp();
});
afterAll(() => api.close());

describe('a list', () => {
  it('is to the byte what it was before the other tenant had anything', async () => {
    expect(await answersTo(api, api.globex.apiKey)).toEqual(api.before);
  });

  it.each(READS)('%s tells no word of another tenant, by no filter and from no page', async (operation) => {
    expect(await readAsStranger(api, operation)).toEqual([]);
  });
});

describe('a reference in a body', () => {
  it('to another tenant’s interaction is answered as to none', async () => {
    const operation = 'post /v1/verification-tasks/{id}/results';
    const task = async (of: FullApp) => (await RECIPES[operation]!.resource!(of)) as Record<string, string>;
    const [own, stranger] = [await task({ ...api, acme: api.globex }), await task(api)];
    const answerTo = async (interactionId: string) =>
      comparable(
        await callRecipe(api, operation, api.globex.apiKey, { ...own, interactionId }),
        interactionId,
      );
    const stolen = await answerTo(stranger['interactionId']!);
    expect(stolen.status).toBeGreaterThanOrEqual(400);
    expect(stolen).toEqual(await answerTo(NOWHERE));
  });

  it('to a project, a category or a customer of another tenant is answered as one to nothing', async () => {
    const { customerId, projectId } = await aProjectOfCustomer(api);
    const serviceCategoryId = await aCategory(api);
    const as = api.globex.apiKey;
    const own = (await api.call('POST', '/v1/customers', { as, body: { companyName: 'Own' } })).body.id;
    const line = { description: 'Work', quantity: '1', unitPrice: '1', taxClass: 'exempt' };
    const quote = { customerId: own, title: 'Own', currency: 'EUR', validUntil: '2999-12-31', lines: [line] };
    const made = (await api.call('POST', '/v1/quotes', { as, body: quote })).body;
    const attacks: [string, string, (reference: string) => object, string][] = [
      ['POST', '/v1/quotes', (id) => ({ ...quote, projectId: id }), projectId],
      ['POST', '/v1/quotes', (id) => ({ ...quote, customerId: id }), customerId],
      ['PATCH', `/v1/quotes/${made.id}`, (id) => ({ projectId: id }), projectId],
      ['PATCH', `/v1/quotes/${made.id}`, (id) => ({ customerId: id }), customerId],
      [
        'POST',
        `/v1/quotes/${made.id}/lines`,
        (id) => ({ ...line, serviceCategoryId: id }),
        serviceCategoryId,
      ],
      [
        'PATCH',
        `/v1/quotes/${made.id}/lines/${made.lines[0].id}`,
        (id) => ({ serviceCategoryId: id }),
        serviceCategoryId,
      ],
    ];
    for (const [method, url, bodyWith, stolen] of attacks) {
      const answerTo = async (reference: string) => {
        const { status, text } = await api.call(method, url, { as, body: bodyWith(reference) });
        return { status, text: text.replace(/"instance":"[^"]+"/, '') };
      };
      const answer = await answerTo(stolen);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer).toEqual(await answerTo(NOWHERE));
    }
  });

  it('by an id is known to this suite', () => {
    const ids = Object.entries(api.document.components!.schemas!).flatMap(([name, schema]) =>
      Object.entries((schema as { properties?: Record<string, { format?: string }> }).properties ?? {})
        .filter(([, { format }]) => format === 'uuid')
        .map(([field]) => `${name}.${field}`),
    );
    expect(ids.sort()).toEqual([
      'CreateQuoteDto.projectId',
      'QuoteLineInputDto.serviceCategoryId',
      'UpdateQuoteDto.projectId',
      'UpdateQuoteLineDto.serviceCategoryId',
    ]);
  });
});

describe('what one tenant has made', () => {
  const creations = TENANT_OPERATIONS.filter(
    (operation) => operation.startsWith('post ') && !RECIPES[operation]!.resource,
  );
  it.each(creations)('does not keep another from %s with the same values', async (operation) => {
    const { body } = RECIPES[operation]!;
    const given = typeof body === 'function' ? await body(api, () => '') : body;
    const statuses: number[] = [];
    for (const as of [api.acme.apiKey, api.globex.apiKey])
      statuses.push((await api.call('POST', operation.replace('post ', ''), { as, body: given })).status);
    expect(statuses[0]).toBeLessThan(300);
    expect(statuses[1]).toBe(statuses[0]);
  });
});

describe('no route at all', () => {
  const answersOf = async (as: string, headers: Record<string, string> = {}) => {
    const answers = new Map<string, string>();
    for (const operation of TENANT_OPERATIONS) {
      const { status, body } = await callRecipe(api, operation, as, NOWHERE, headers);
      answers.set(operation, `${status} ${body?.code}`);
    }
    return answers;
  };
  const all = (answer: string) => new Map(TENANT_OPERATIONS.map((operation) => [operation, answer]));
  const issue = async (tenantId: string) =>
    (
      await api.call('POST', `/v1/admin/tenants/${tenantId}/api-keys`, {
        as: api.operator.apiKey,
        body: { name: 'lost' },
      })
    ).body as { id: string; apiKey: string };

  // Without their notifications, which come a moment later.
  beforeAll(() =>
    api.database.query('DROP TRIGGER api_keys_changed ON api_keys; DROP TRIGGER tenants_changed ON tenants'),
  );

  it('answers a key that was revoked, from the moment on in which that was answered', async () => {
    const { id, apiKey } = await issue(api.globex.id);
    expect((await api.call('GET', '/v1/tenant', { as: apiKey })).status).toBe(200);
    await api.call('DELETE', `/v1/api-keys/${id}`, { as: api.globex.apiKey });
    expect(await answersOf(apiKey)).toEqual(all('401 CREDENTIAL_INVALID'));
  });

  it('answers a tenant that is suspended, from that moment on', async () => {
    const operate = (url: string, body: object) =>
      api.call('POST', `/v1/admin/tenants${url}`, { as: api.operator.apiKey, body });
    const { body: tenant } = await operate('', { slug: 'suspended', name: 'Suspended' });
    const { apiKey } = await issue(tenant.id as string);
    expect((await api.call('GET', '/v1/tenant', { as: apiKey })).status).toBe(200);
    await operate(`/${tenant.id}/suspend`, { reason: 'unpaid' });
    expect(await answersOf(apiKey)).toEqual(all('403 TENANT_SUSPENDED'));
  });

  it('takes the key of one tenant for another, nor says which ones there are', async () => {
    const answers = await answersOf(api.globex.apiKey, { 'x-tenant': api.acme.id });
    expect(answers).toEqual(await answersOf(api.globex.apiKey, { 'x-tenant': NOWHERE }));
    expect(new Set(answers.values()).size).toBe(1);
    expect([...answers.values()][0]).toMatch(/^40[34] /);
    expect(await answersOf(api.globex.apiKey, { 'x-tenant': 'acme' })).toEqual(answers);
  });
});
