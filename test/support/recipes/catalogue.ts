import type { TestApp } from '../app.js';
import { type Recipe, type ValueOf, made, unique } from './recipe.js';

const customer = () => ({ companyName: unique(), tags: [unique()] });
const project = () => ({ code: unique(), name: unique() });
const category = () => ({ code: unique(), name: unique() });
const card = () => ({ name: unique(), currency: 'EUR', effectiveFrom: '2026-01-01' });
const item = () => ({ itemCode: unique(), name: unique(), unit: 'hour', baseRate: '150' });

/** No two have the same day. */
let days = 0;
const taxRate = () => ({
  taxClass: 'standard',
  rate: '0.15',
  validFrom: new Date(Date.UTC(2000, 0, 1 + days++)).toISOString().slice(0, 10),
});

export const aCustomer = made('/v1/customers', customer);
export const aCategory = made('/v1/service-categories', category);
const aCard = made('/v1/rate-cards', card);
const aTaxRate = made('/v1/tax-rates', taxRate);

/** Of a customer of its own; the ids of both. */
export const aProjectOfCustomer = async (api: TestApp) => {
  const customerId = await aCustomer(api);
  return { customerId, projectId: await made('/v1/projects', () => ({ ...project(), customerId }))(api) };
};
const aProject = async (api: TestApp) => (await aProjectOfCustomer(api)).projectId;

const aContact = async (api: TestApp) => {
  const id = await aCustomer(api);
  return { id, contactId: await made(`/v1/customers/${id}/contacts`, () => ({ name: unique() }))(api) };
};
const anItem = async (api: TestApp) => {
  const id = await aCard(api);
  return { id, itemId: await made(`/v1/rate-cards/${id}/items`, item)(api) };
};

const ofCustomer = (_: TestApp, valueOf: ValueOf) => ({ ...project(), customerId: valueOf('customerId') });
const ofCategory = (_: TestApp, valueOf: ValueOf) => ({
  ...item(),
  serviceCategoryId: valueOf('serviceCategoryId'),
});

/** Customers, projects, rate cards and tax rates. */
export const CATALOGUE_RECIPES: Record<string, Recipe> = {
  'get /v1/customers': {},
  'post /v1/customers': { body: customer },
  'get /v1/customers/{id}': { resource: aCustomer },
  'patch /v1/customers/{id}': { resource: aCustomer, body: { city: 'Bonn' } },
  'delete /v1/customers/{id}': { resource: aCustomer },
  'get /v1/customers/{id}/contacts': { resource: aCustomer },
  'post /v1/customers/{id}/contacts': { resource: aCustomer, body: () => ({ name: unique() }) },
  'get /v1/customers/{id}/contacts/{contactId}': { resource: aContact },
  'patch /v1/customers/{id}/contacts/{contactId}': { resource: aContact, body: { isPrimary: true } },
  'delete /v1/customers/{id}/contacts/{contactId}': { resource: aContact },

  'get /v1/projects': {},
  'post /v1/projects': {
    resource: async (api) => ({ customerId: await aCustomer(api) }),
    body: ofCustomer,
  },
  'get /v1/projects/{id}': { resource: aProject },
  'patch /v1/projects/{id}': { resource: aProject, body: { status: 'active' } },
  'delete /v1/projects/{id}': { resource: aProject },

  'get /v1/service-categories': {},
  'post /v1/service-categories': { body: category },
  'get /v1/service-categories/{id}': { resource: aCategory },
  'patch /v1/service-categories/{id}': { resource: aCategory, body: { name: 'changed' } },
  'delete /v1/service-categories/{id}': { resource: aCategory },

  'get /v1/rate-cards': {},
  'post /v1/rate-cards': { body: card },
  'get /v1/rate-cards/{id}': { resource: aCard },
  'patch /v1/rate-cards/{id}': { resource: aCard, body: { isActive: false } },
  'delete /v1/rate-cards/{id}': { resource: aCard },
  'get /v1/rate-cards/{id}/items': { resource: aCard },
  'post /v1/rate-cards/{id}/items': {
    resource: async (api) => ({ id: await aCard(api), serviceCategoryId: await aCategory(api) }),
    body: ofCategory,
  },
  'get /v1/rate-cards/{id}/items/{itemId}': { resource: anItem },
  'patch /v1/rate-cards/{id}/items/{itemId}': { resource: anItem, body: { baseRate: '160' } },
  'delete /v1/rate-cards/{id}/items/{itemId}': { resource: anItem },

  'get /v1/tax-rates': {},
  'post /v1/tax-rates': { body: taxRate },
  'get /v1/tax-rates/{id}': { resource: aTaxRate },
  'patch /v1/tax-rates/{id}': { resource: aTaxRate, body: { rate: '0.2' } },
  'delete /v1/tax-rates/{id}': { resource: aTaxRate },
};
