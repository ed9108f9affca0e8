import type { INestApplicationContext } from '@nestjs/common';
import { Transactions } from '../database/index.js';
import { UsersService } from '../identity/index.js';
import {
  ContactsService,
  CustomersService,
  ProjectsService,
  QuotesService,
  RateCardItemsService,
  RateCardsService,
  ServiceCategoriesService,
  TaxRatesService,
} from '../quoting/index.js';
import { TenantContext } from '../tenancy/index.js';
import { QUOTING_ADMIN } from './demo-people.js';
import { CUSTOMERS, LINES, RATES, RATE_CARD, TAX_RATES } from './demo-price-list.js';

const SEED = { type: 'system', id: 'demo-data' } as const;
const VALID_DAYS = 30;
const MS_PER_DAY = 86_400_000;

/**
 * An agency with its rates, two customers with a project each, and a draft quote that its administrator made. Through the
 * services of the application, in one transaction. A tenant that has customers or rate cards is left as it is.
 */
export function seedQuoting(app: INestApplicationContext, tenantId: string): Promise<void> {
  return app.get(Transactions).withTenant(tenantId, { access: 'write' }, async () => {
    const admin = await app.get(UsersService).findByEmail(QUOTING_ADMIN);
    const actor = admin ? ({ type: 'user', id: admin.id } as const) : SEED;
    app.get(TenantContext).set({ tenantId, actor, requestId: undefined, ip: undefined });
    if (await isInUse(app)) return;
    await setRates(app);
    const [website] = await findWork(app, admin?.id ?? null);
    await draftQuote(app, website!, { tenantId, id: actor.id });
  });
}

async function isInUse(app: INestApplicationContext): Promise<boolean> {
  const page = { limit: 1, sort: '-createdAt' };
  const customers = await app.get(CustomersService).list(page);
  const cards = await app.get(RateCardsService).list(page);
  return customers.data.length + cards.data.length > 0;
}

async function setRates(app: INestApplicationContext): Promise<void> {
  for (const rate of TAX_RATES) await app.get(TaxRatesService).create(rate);
  const card = await app.get(RateCardsService).create(RATE_CARD);
  for (const [index, { category, ...item }] of RATES.entries()) {
    const { id } = await app.get(ServiceCategoriesService).create(category);
    await app
      .get(RateCardItemsService)
      .create(card.id, { ...item, serviceCategoryId: id, sortOrder: index + 1 });
  }
}

interface Work {
  customerId: string;
  projectId: string;
}

/** In the order of `CUSTOMERS`. */
async function findWork(app: INestApplicationContext, ownerId: string | null): Promise<Work[]> {
  const work: Work[] = [];
  for (const { contact, project, ...customer } of CUSTOMERS) {
    const { id: customerId } = await app.get(CustomersService).create(customer);
    await app.get(ContactsService).create(customerId, { ...contact, isPrimary: true });
    const { id } = await app.get(ProjectsService).create({ ...project, customerId, ownerId });
    work.push({ customerId, projectId: id });
  }
  return work;
}

async function draftQuote(
  app: INestApplicationContext,
  work: Work,
  by: { tenantId: string; id: string },
): Promise<void> {
  const quote = {
    ...work,
    title: 'Website Redesign',
    description: 'Design, development and testing of the new website.',
    currency: RATE_CARD.currency,
    validUntil: new Date(Date.now() + VALID_DAYS * MS_PER_DAY).toISOString().slice(0, 10),
    terms: 'Payable within 30 days.',
    lines: LINES,
  };
  const principal = { kind: 'user', name: QUOTING_ADMIN, role: 'owner', scopes: ['quotes:write'] } as const;
  await app.get(QuotesService).create(quote, { ...principal, ...by });
}
