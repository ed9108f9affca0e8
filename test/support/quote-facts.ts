import { priceQuote } from '../../src/quoting/pricing/price-quote.js';
import type { QuoteToPrice } from '../../src/quoting/pricing/pricing.types.js';
import type { QuoteFacts } from '../../src/quoting/documents/quote-facts.js';

type Changes = { [K in keyof QuoteFacts]?: K extends 'lines' ? never : Partial<QuoteFacts[K]> };

const UNITS = ['hour', 'day', 'piece', 'fixed'] as const;
const WORK: QuoteToPrice = {
  lines: [
    { quantity: '40.0000', unitPrice: '150.0000', taxRate: '0.1500' },
    {
      quantity: '1.0000',
      unitPrice: '100.0000',
      taxRate: '0.1500',
      discount: { type: 'percentage', value: '0.1000' },
    },
  ],
  pricesIncludeTax: false,
};

/** What is stored of a quote that was priced. undefined: it has no price. */
export function pricedFacts(toPrice: QuoteToPrice): QuoteFacts | undefined {
  const { figures } = priceQuote(toPrice);
  if (!figures) return undefined;
  const { discount, pricesIncludeTax } = toPrice;
  const { subtotal, discountAmount, totalAmount } = figures;
  return {
    seller: 'Pivotal Flow',
    status: 'sent',
    quote: {
      ...TEXTS,
      subtotal,
      discountAmount,
      totalAmount,
      pricesIncludeTax,
      discountType: discount?.type ?? null,
      discountValue: discount?.value ?? null,
    },
    customer: ACME,
    project: { code: 'WEB', name: 'Website Redesign' },
    lines: toPrice.lines.map((line, index) => ({
      lineNumber: index + 1,
      sku: `SKU-${index + 1}`,
      description: `Development work, part ${index + 1}`,
      quantity: line.quantity,
      unit: UNITS[index % UNITS.length]!,
      unitPrice: line.unitPrice,
      discountType: line.discount?.type ?? null,
      discountValue: line.discount?.value ?? null,
      taxRate: line.taxRate,
      net: figures.lines[index]!.net,
      tax: figures.lines[index]!.tax,
    })),
  };
}

/** A quote of two lines, or of those given, with what is to be different about it. */
export function someFacts({ quote, customer, ...changes }: Changes = {}, toPrice = WORK): QuoteFacts {
  const facts = pricedFacts(toPrice)!;
  return {
    ...facts,
    ...(changes as Partial<QuoteFacts>),
    quote: { ...facts.quote, ...quote },
    customer: { ...facts.customer, ...customer },
  };
}

/** A quote of so many lines, each with this description. */
export function factsOfLines(count: number, description = 'Development work'): QuoteFacts {
  const line = { quantity: '8.0000', unitPrice: '80.0000', taxRate: '0.1500' };
  const facts = someFacts({}, { lines: Array.from({ length: count }, () => line), pricesIncludeTax: false });
  return { ...facts, lines: facts.lines.map((each) => ({ ...each, description })) };
}

/** The same with one text everywhere a client can put one. */
export function factsSaying(text: string): QuoteFacts {
  const facts = someFacts({ status: 'accepted' });
  const { number, country, ...texts } = facts.customer;
  return {
    ...facts,
    seller: text,
    project: { code: text, name: text },
    customer: { ...allSaying(texts, text), number, country },
    quote: {
      ...facts.quote,
      title: text,
      description: text,
      terms: text,
      notes: text,
      acceptedByName: text,
      acceptedByRole: text,
    },
    lines: facts.lines.map((line) => ({ ...line, sku: text, description: text })),
  };
}

const allSaying = <T extends object>(record: T, text: string) =>
  Object.fromEntries(Object.keys(record).map((key) => [key, text])) as { [K in keyof T]: string };

const TEXTS = {
  number: 'Q-2026-0001',
  version: 1,
  title: 'Website redesign',
  description: 'We are happy to offer you the following.',
  validFrom: '2026-11-21',
  validUntil: '2026-12-21',
  currency: 'EUR',
  terms: 'Payable within 30 days.',
  notes: 'Thank you for asking us.',
  acceptedAt: '2026-12-01T10:00:00.000Z',
  acceptedByName: 'Ann Buyer',
  acceptedByRole: 'CFO',
};

const ACME = {
  number: 'CUST-0001',
  companyName: 'Acme Corp',
  legalName: 'Acme Corporation GmbH',
  taxId: 'DE123456789',
  addressLine1: 'Unter den Linden 1',
  addressLine2: null,
  city: 'Berlin',
  region: null,
  postalCode: '10117',
  country: 'DE',
};
