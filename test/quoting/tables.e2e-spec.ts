import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { newId, unwrapDrizzle } from '../../src/database/index.js';
import { approvalRequests } from '../../src/quoting/approvals/approval-requests.schema.js';
import { customerContacts, customers } from '../../src/quoting/customers/customers.schema.js';
import { counters } from '../../src/quoting/numbers/counters.schema.js';
import { projects } from '../../src/quoting/projects/projects.schema.js';
import { quoteLines } from '../../src/quoting/quotes/quote-lines.schema.js';
import { quotes } from '../../src/quoting/quotes/quotes.schema.js';
import { rateCards } from '../../src/quoting/rate-cards/rate-cards.schema.js';
import { taxRates } from '../../src/quoting/tax-rates/tax-rates.schema.js';
import { quoteLineVersions, quoteVersions } from '../../src/quoting/versions/quote-versions.schema.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { quoteContent, quoteLine } from '../support/quote-snapshots.js';

describe('the database', () => {
  let room: DatabaseRoom;
  let tenantId: string;
  const [acme, beta, website, quoteId] = [newId(), newId(), newId(), newId()];
  beforeAll(async () => {
    room = await openDatabaseRoom();
    tenantId = room.acme;
    await write(async () => {
      await room.db.insert(customers).values([
        { tenantId, id: acme, number: 'CUST-0001', companyName: 'Acme Corp' },
        { tenantId, id: beta, number: 'CUST-0002', companyName: 'Beta Ltd' },
      ]);
      await room.db
        .insert(projects)
        .values({ tenantId, id: website, customerId: acme, code: 'WEB', name: 'Website Redesign' });
      await room.db.insert(quotes).values(quote({ id: quoteId, number: 'Q-2026-0001' }));
    });
  });
  afterAll(() => room.close());

  const write = <T>(work: () => PromiseLike<T>) =>
    room.transactions.withTenant(tenantId, { access: 'write' }, work);
  /** The constraint, or the code, that a statement fails with; the transaction is rolled back. */
  const refusal = async (work: () => PromiseLike<unknown>): Promise<unknown> => {
    try {
      await write(work);
    } catch (error) {
      const { constraint, sqlState } = unwrapDrizzle(error) as { constraint?: string; sqlState?: string };
      return constraint ?? sqlState;
    }
    return 'nothing';
  };
  const quote = (change: Partial<typeof quotes.$inferInsert>): typeof quotes.$inferInsert => ({
    tenantId,
    ...quoteContent,
    customerId: acme,
    number: `Q-${newId()}`,
    createdBy: 'test',
    ...change,
  });
  const line = (change: Partial<typeof quoteLines.$inferInsert>): typeof quoteLines.$inferInsert => {
    const { lineId: id, ...content } = quoteLine(newId());
    return { tenantId, id, quoteId, ...content, ...change };
  };

  it.each<[string, string, () => Partial<typeof quotes.$inferInsert>]>([
    ['is whole', 'nothing', () => ({ projectId: website })],
    [
      'has the project of another customer',
      'quotes_project_of_customer_fkey',
      () => ({ customerId: beta, projectId: website }),
    ],
    ['has a number twice', 'quotes_number', () => ({ number: 'Q-2026-0001' })],
    ['does not add up', 'quotes_figures_add_up', () => ({ totalAmount: '6900.01' })],
    ['ends before it begins', 'quotes_validity_in_order', () => ({ validUntil: '2026-11-20' })],
    ['has a discount without a value', 'quotes_discount_whole', () => ({ discountType: 'fixed' })],
    ['has a value without a discount', 'quotes_discount_whole', () => ({ discountValue: '1' })],
    [
      'has a percentage over 100',
      'quotes_discount_whole',
      () => ({ discountType: 'percentage', discountValue: '1.0001' }),
    ],
    [
      'has a discount per unit',
      'quotes_discount_whole',
      () => ({ discountType: 'per_unit' as 'fixed', discountValue: '1' }),
    ],
    ['was cancelled for no reason', 'quotes_reason_given', () => ({ status: 'cancelled' })],
    ['was accepted at no time', 'quotes_accepted_when', () => ({ status: 'accepted' })],
    ['has an unknown status', 'quotes_status_known', () => ({ status: 'lost' as 'draft' })],
    ['has a currency in small letters', 'quotes_currency_code', () => ({ currency: 'eur' })],
    ['keeps prices in its metadata', 'quotes_metadata_clean', () => ({ metadata: { unitPrice: 1 } })],
  ])('a quote that %s: %s', async (_, refused, change) => {
    expect(await refusal(() => room.db.insert(quotes).values(quote(change())))).toBe(refused);
  });

  it.each<[string, string, Partial<typeof quoteLines.$inferInsert>]>([
    ['is whole', 'nothing', {}],
    [
      'has a discount per unit',
      'nothing',
      { lineNumber: 2, discountType: 'per_unit', discountValue: '0.1234' },
    ],
    ['has its number twice', 'quote_lines_number', {}],
    ['does not add up', 'quote_lines_figures_add_up', { total: '6900.01' }],
    ['is of nothing', 'quote_lines_quantity_positive', { quantity: '0' }],
    ['has a price below zero', 'quote_lines_figures_not_negative', { unitPrice: '-1' }],
    [
      'has a fixed discount of less than a cent',
      'quote_lines_discount_whole',
      { discountType: 'fixed', discountValue: '0.001' },
    ],
    ['is taxed by more than all', 'quote_lines_tax_rate_is_fraction', { taxRate: '1.0001' }],
    ['is more than its column holds', '22003', { unitPrice: '100000000000' }],
  ])('a line that %s: %s', async (_, refused, change) => {
    expect(await refusal(() => room.db.insert(quoteLines).values(line(change)))).toBe(refused);
  });

  it('reads figures as texts, with all of their places', async () => {
    const [row] = await write(() => room.db.select().from(quotes).where(eq(quotes.id, quoteId)));
    expect(row).toMatchObject({ totalAmount: '6900.00', exchangeRate: '1.000000', validUntil: '2026-12-21' });
  });

  it('keeps versions as they were written', async () => {
    const id = newId();
    await write(async () => {
      const { customerId: _, ...content } = quoteContent;
      await room.db.insert(quoteVersions).values({
        tenantId,
        id,
        quoteId,
        number: 1,
        status: 'draft',
        ...content,
        customerId: acme,
        createdBy: 'test',
      });
      await room.db.insert(quoteLineVersions).values({ tenantId, quoteVersionId: id, ...quoteLine(newId()) });
    });
    const INSUFFICIENT_PRIVILEGE = '42501';
    for (const table of [quoteVersions, quoteLineVersions]) {
      expect(await refusal(() => room.db.delete(table))).toBe(INSUFFICIENT_PRIVILEGE);
      expect(await refusal(() => room.db.update(table).set({ discountValue: '1' }))).toBe(
        INSUFFICIENT_PRIVILEGE,
      );
    }
    expect(await refusal(() => room.db.delete(counters))).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it('has at most one primary contact, default card, pending request and rate of a day', async () => {
    const contact = () => ({ tenantId, customerId: acme, name: 'Ada', isPrimary: true });
    expect(await refusal(() => room.db.insert(customerContacts).values([contact(), contact()]))).toBe(
      'customer_contacts_one_primary',
    );
    const card = (name: string) => ({
      tenantId,
      name,
      currency: 'EUR',
      effectiveFrom: '2026-01-01',
      isDefault: true,
    });
    expect(await refusal(() => room.db.insert(rateCards).values([card('a'), card('b')]))).toBe(
      'rate_cards_one_default',
    );
    const request = () => ({
      tenantId,
      subjectType: 'quote' as const,
      subjectId: quoteId,
      approverId: newId(),
      requestedBy: 'test',
    });
    expect(await refusal(() => room.db.insert(approvalRequests).values([request(), request()]))).toBe(
      'approval_requests_one_pending',
    );
    const rate = { tenantId, taxClass: 'standard' as const, rate: '0.15', validFrom: '2026-01-01' };
    expect(await refusal(() => room.db.insert(taxRates).values([rate, { ...rate }]))).toBe(
      'tax_rates_class_live',
    );
  });
});
