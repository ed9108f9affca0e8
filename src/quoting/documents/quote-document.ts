import type { QuoteStatus } from '../quotes/quote-states.js';
import { countryText, dayText } from './formats.js';
import { documentLine } from './document-line.js';
import { documentTotals } from './document-totals.js';
import { printable } from './printable.js';
import type { Fact, QuoteDocument } from './quote-document.types.js';
import type { CustomerFacts, QuoteFacts } from './quote-facts.js';

/** The same facts make the same document, on every machine. */
export function quoteDocument(facts: QuoteFacts): QuoteDocument {
  const { seller, status, quote, customer, lines } = facts;
  return {
    number: quote.number,
    title: printable(quote.title),
    seller: printable(seller),
    mark: MARKS[status],
    customer: { name: printable(customer.companyName), lines: addressOf(customer).map(printable) },
    facts: labelled(facts),
    description: textOf(quote.description),
    terms: textOf(quote.terms),
    notes: textOf(quote.notes),
    lines: lines.map((line) => documentLine(line, quote.pricesIncludeTax)),
    legend: legendOf(quote),
    totals: documentTotals(facts),
  };
}

/** A customer need not know what happens to a quote before it is sent, nor when they were seen reading it. */
const MARKS: Record<QuoteStatus, string | null> = {
  draft: 'Draft',
  pending: 'Draft',
  approved: 'Draft',
  sent: null,
  viewed: null,
  accepted: 'Accepted',
  rejected: 'Rejected',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

function addressOf({ companyName, legalName, city, postalCode, country, ...customer }: CustomerFacts) {
  const lines = [
    legalName === companyName ? null : legalName,
    customer.addressLine1,
    customer.addressLine2,
    [postalCode, city].filter(isGiven).join(' '),
    customer.region,
    country && countryText(country),
    customer.taxId && `Tax ID ${customer.taxId}`,
  ];
  return lines.filter(isGiven);
}

function labelled({ status, quote, customer, project }: QuoteFacts): Fact[] {
  const { acceptedAt, acceptedByName, acceptedByRole } = quote;
  const acceptedBy = [acceptedByName, acceptedByRole].filter(isGiven).join(', ');
  const isAccepted = status === 'accepted';
  const facts: [label: string, text: string | null][] = [
    ['Version', String(quote.version)],
    ['Valid from', dayText(quote.validFrom)],
    ['Valid until', dayText(quote.validUntil)],
    ['Customer', customer.number],
    ['Project', project && `${project.code}, ${project.name}`],
    ['Accepted on', isAccepted && acceptedAt ? dayText(acceptedAt) : null],
    ['Accepted by', isAccepted ? acceptedBy : null],
  ];
  return facts.flatMap(([label, text]) => (isGiven(text) ? [{ label, text: printable(text) }] : []));
}

const legendOf = ({ currency, pricesIncludeTax }: QuoteFacts['quote']): string =>
  pricesIncludeTax
    ? `All amounts in ${currency}. Unit prices include tax, amounts are without it.`
    : `All amounts in ${currency}. Unit prices and amounts are without tax.`;

const isGiven = (text: string | null): text is string => text !== null && text.trim() !== '';

/** null where there is nothing to read. */
function textOf(text: string | null): string | null {
  const printed = text === null ? '' : printable(text).trim();
  return printed === '' ? null : printed;
}
