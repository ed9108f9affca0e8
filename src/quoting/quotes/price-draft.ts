import { lineKey } from '../pricing/line-key.js';
import { priceQuote } from '../pricing/price-quote.js';
import { pricingProblem } from '../pricing/pricing-problems.js';
import type { Discount, LineDiscountType, PricingProblem, QuoteFigures } from '../pricing/pricing.types.js';
import { quotingProblems } from '../quoting.problems.js';
import type { LineDraft, QuoteLine, QuoteTerms } from './draft.types.js';

type Priced = Pick<QuoteTerms, 'pricesIncludeTax' | 'discountType' | 'discountValue'>;
interface Discounted<T> {
  discountType: T | null;
  discountValue: string | null;
}

/** The lines with their figures, and those of the whole quote. Throws `PRICING_REFUSED` with all that is wrong. */
export function priceDraft(
  terms: Priced,
  drafts: readonly LineDraft[],
): { lines: QuoteLine[]; figures: QuoteFigures } {
  refuseHalfDiscounts(terms, drafts);
  const { figures, problems } = priceQuote({
    lines: drafts.map((line) => {
      const { quantity, unitPrice, taxRate } = line;
      return { quantity, unitPrice, taxRate, discount: discountOf(line), key: lineKey(line) };
    }),
    discount: discountOf(terms),
    pricesIncludeTax: terms.pricesIncludeTax,
  });
  if (problems) throw quotingProblems.pricingRefused(problems);
  const lines = drafts.map((line, index): QuoteLine => {
    const { net, tax, total } = figures.lines[index]!;
    return { ...line, net, tax, total };
  });
  return { lines, figures };
}

const discountOf = <T extends LineDiscountType>({
  discountType: type,
  discountValue: value,
}: Discounted<T>): Discount<T> | undefined => (type && value !== null ? { type, value } : undefined);

/** A type without a value, or a value without a type. */
function refuseHalfDiscounts(terms: Priced, drafts: readonly LineDraft[]): void {
  const problems: PricingProblem[] = drafts.flatMap((line, index) =>
    isHalf(line) ? [pricingProblem(`lines.${index}.discountValue`, 'DISCOUNT_INCOMPLETE')] : [],
  );
  if (isHalf(terms)) problems.push(pricingProblem('discountValue', 'DISCOUNT_INCOMPLETE'));
  if (problems.length > 0) throw quotingProblems.pricingRefused(problems);
}

const isHalf = ({ discountType, discountValue }: Discounted<LineDiscountType>): boolean =>
  (discountType === null) !== (discountValue === null);
