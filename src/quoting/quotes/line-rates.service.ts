import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../database/index.js';
import { type PriceCatalogue, priceCatalogue } from '../pricing/price-catalogue.queries.js';
import { quotingProblems } from '../quoting.problems.js';
import { type Rate, type RateRefusal, rateBook } from '../rate-cards/rate-book.js';
import { type TaxRate, taxRateOn } from '../tax-rates/tax-rate-on.js';
import type { LineDraft } from './draft.types.js';
import type { LineInput } from './line-input.js';

/** What rates depend on. */
export interface RateTerms {
  currency: string;
  /** Whose rates and taxes count. */
  validFrom: string;
  mayOverridePrice: boolean;
}

/** Finds for lines what they did not say: the unit price, its unit and cost, and the tax rate of the day. */
@Injectable()
export class LineRates {
  constructor(private readonly db: TenantDatabase) {}

  /**
   * The lines with their rates. All of them or a problem that names those it is about: `PRICE_OVERRIDE_NOT_ALLOWED`,
   * `RATE_NOT_FOUND`, `LINE_CATEGORY_UNKNOWN`, `TAX_RATE_MISSING`.
   */
  async resolve(inputs: readonly LineInput[], terms: RateTerms): Promise<LineDraft[]> {
    if (inputs.length === 0) return [];
    if (!terms.mayOverridePrice) refuse(inputs, 'PRICE_OVERRIDE_NOT_ALLOWED', isPriced);
    const catalogue = await priceCatalogue(this.db, named(inputs, terms));
    refuseUnknownCategories(inputs, catalogue);
    const rates = ratesOf(inputs, catalogue, terms);
    const drafts = inputs.map((input, index) => draftOf(input, rates[index], catalogue));
    return withTaxRates(drafts, catalogue.taxRates, terms.validFrom);
  }

  /** The same lines, taxed as on another day. Throws `TAX_RATE_MISSING`. */
  async taxedOn(drafts: readonly LineDraft[], day: string): Promise<LineDraft[]> {
    const nothing = { itemCodes: [], categoryIds: [], descriptions: [] };
    const { taxRates } = await priceCatalogue(this.db, { day, currency: '', ...nothing });
    return withTaxRates(drafts, taxRates, day);
  }
}

const isPriced = ({ unitPrice }: LineInput): boolean => unitPrice !== null;

function named(inputs: readonly LineInput[], { currency, validFrom }: RateTerms) {
  const looking = inputs.filter((input) => !isPriced(input));
  return {
    day: validFrom,
    currency,
    itemCodes: unique(looking.map(({ itemCode }) => itemCode)),
    categoryIds: unique(inputs.map(({ serviceCategoryId }) => serviceCategoryId)),
    descriptions: unique(looking.map(({ description }) => description)),
  };
}

const unique = (values: (string | null)[]): string[] =>
  [...new Set(values)].filter((value) => value !== null);

function ratesOf(
  inputs: readonly LineInput[],
  { cards, items }: PriceCatalogue,
  terms: RateTerms,
): (Rate | undefined)[] {
  const book = rateBook(cards, items, { ...terms, day: terms.validFrom });
  const answers = inputs.map((input) => book(input));
  refuse(answers, 'RATE_NOT_FOUND', ({ refusal }) => refusal !== undefined);
  return answers.map(({ rate }) => rate);
}

function draftOf(
  { itemCode: _itemCode, ...input }: LineInput,
  rate: Rate | undefined,
  catalogue: PriceCatalogue,
) {
  const { source, unitPrice, item } = rate!;
  const unitOfCategory = catalogue.unitOfCategory.get(input.serviceCategoryId ?? '');
  return {
    ...input,
    serviceCategoryId: input.serviceCategoryId ?? item?.serviceCategoryId ?? null,
    rateCardItemId: item?.id ?? null,
    rateSource: source,
    unit: input.unit ?? item?.unit ?? unitOfCategory ?? 'piece',
    unitPrice,
    unitCost: input.unitCost ?? item?.cost ?? null,
    taxClass: input.taxClass ?? item?.taxClass ?? 'standard',
    taxRate: '',
  } satisfies LineDraft;
}

function withTaxRates(drafts: readonly LineDraft[], rates: readonly TaxRate[], day: string): LineDraft[] {
  const byClass = new Map(
    [...new Set(drafts.map(({ taxClass }) => taxClass))].map((it) => [it, taxRateOn(rates, it, day)]),
  );
  const missing = drafts.flatMap(({ taxClass }, index) =>
    byClass.get(taxClass) === undefined ? [index] : [],
  );
  if (missing.length > 0) throw quotingProblems.taxRateMissing(missing);
  return drafts.map((draft) => ({ ...draft, taxRate: byClass.get(draft.taxClass)! }));
}

function refuseUnknownCategories(inputs: readonly LineInput[], { unitOfCategory }: PriceCatalogue): void {
  const unknown = inputs.flatMap(({ serviceCategoryId: id }, index) =>
    id !== null && !unitOfCategory.has(id) ? [index] : [],
  );
  if (unknown.length > 0) throw quotingProblems.lineCategoryUnknown(unknown);
}

function refuse<T>(values: readonly T[], refusal: RateRefusal, isRefused: (value: T) => boolean): void {
  const lines = values.flatMap((value, index) => (isRefused(value) ? [index] : []));
  if (lines.length === 0) return;
  throw refusal === 'RATE_NOT_FOUND'
    ? quotingProblems.rateNotFound(lines)
    : quotingProblems.priceOverrideNotAllowed(lines);
}
