import type { Principal } from '../../identity/index.js';
import type { RateTerms } from './line-rates.service.js';

/** Where to look for the rates of a quote, and whether the caller may have others. */
export const rateTerms = (
  { currency, validFrom }: Pick<RateTerms, 'currency' | 'validFrom'>,
  { scopes }: Pick<Principal, 'scopes'>,
): RateTerms => ({ currency, validFrom, mayOverridePrice: scopes.includes('quotes:override-price') });
