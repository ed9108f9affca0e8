import { FORMATS } from '../../money/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { dayOf } from './expiry.js';
import { columnText } from './line-input.js';
import type { QuoteTerms } from './draft.types.js';
import type { CreateQuoteDto, UpdateQuoteDto } from './quotes.dto.js';

/** What a new quote says, where the request does not. Throws `VALIDITY_ORDER`. */
export function newTerms(dto: CreateQuoteDto): QuoteTerms {
  return settled({
    customerId: dto.customerId,
    projectId: dto.projectId ?? null,
    title: dto.title,
    description: dto.description ?? null,
    type: dto.type ?? 'fixed_price',
    validFrom: dto.validFrom ?? dayOf(new Date()),
    validUntil: dto.validUntil,
    currency: dto.currency,
    exchangeRate: columnText(dto.exchangeRate ?? '1', FORMATS.exchangeRate)!,
    pricesIncludeTax: dto.pricesIncludeTax ?? false,
    discountType: dto.discountType ?? null,
    discountValue: columnText(dto.discountValue, FORMATS.unitPrice),
    terms: dto.terms ?? null,
    notes: dto.notes ?? null,
    internalNotes: dto.internalNotes ?? null,
  });
}

/** What a quote says after a change; absence leaves. Throws `VALIDITY_ORDER`. */
export function changedTerms(before: QuoteTerms, dto: UpdateQuoteDto): QuoteTerms {
  const { metadata: _, exchangeRate, discountValue, ...sent } = dto;
  const named = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  const after = settled({
    ...before,
    ...named,
    ...(exchangeRate !== undefined && { exchangeRate: columnText(exchangeRate, FORMATS.exchangeRate)! }),
    ...(discountValue !== undefined && { discountValue: columnText(discountValue, FORMATS.unitPrice) }),
  });
  // Whoever clears the type means the whole discount; whoever goes to another customer leaves the old one's project.
  if (dto.discountType === null) after.discountValue = null;
  if (after.customerId !== before.customerId && dto.projectId === undefined) after.projectId = null;
  return after;
}

/** With ids as the database has them, so that the same one is no change. */
function settled(terms: QuoteTerms): QuoteTerms {
  if (terms.validUntil < terms.validFrom)
    throw quotingProblems.validityOrder(terms.validFrom, terms.validUntil);
  return {
    ...terms,
    customerId: terms.customerId.toLowerCase(),
    projectId: terms.projectId?.toLowerCase() ?? null,
  };
}
