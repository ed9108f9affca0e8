import { decimal, type Decimal, FORMATS, greatestOf, sum, ZERO } from '../../money/index.js';
import { deduct } from './discount.js';
import { lineTax } from './line-tax.js';
import { type PricedLine, priceLine } from './price-line.js';
import { pricingProblem } from './pricing-problems.js';
import type { LineFigures, Pricing, PricingProblem, QuoteToPrice } from './pricing.types.js';
import { shareDiscount } from './quote-discount.js';
import { taxBreakdown } from './tax-breakdown.js';

interface FinalLine extends PricedLine {
  share: Decimal;
  tax: Decimal;
  total: Decimal;
}

/**
 * What a quote costs. Half-up to whole cents at each step, line by line: quantity x unit price, made exclusive of tax where
 * prices include it -> its own discount -> its share of the quote's discount -> tax -> total. Discounts are before tax.
 *
 * Expects numbers that `parseDecimal()` accepted. Answers problems where a discount is more than there is, or an amount
 * more than `numeric(15,2)` holds; all of the lines at once.
 */
export function priceQuote({ lines, discount, pricesIncludeTax }: QuoteToPrice): Pricing {
  const problems: PricingProblem[] = [];
  const priced = lines.map((line, index) => priceLine(line, pricesIncludeTax, `lines.${index}`, problems));
  if (problems.length > 0) return { problems };
  const subtotal = sum(priced.map(({ net }) => net));
  const deduction = deduct(discount, subtotal);
  if (deduction.problem) return { problems: [pricingProblem('discountValue', deduction.problem)] };
  const shares = shareDiscount(deduction.amount, priced);
  const final = priced.map((line, index) => finish(line, shares[index]!, pricesIncludeTax));
  return totals(final, subtotal, deduction.amount);
}

function finish(line: PricedLine, share: Decimal, pricesIncludeTax: boolean): FinalLine {
  const net = line.net.minus(share);
  const tax = lineTax(line, net, pricesIncludeTax);
  return { ...line, share, net, tax, total: net.plus(tax) };
}

function totals(lines: FinalLine[], subtotal: Decimal, discountAmount: Decimal): Pricing {
  const taxes = taxBreakdown(lines);
  const taxAmount = sum(taxes.map(({ tax }) => decimal(tax)));
  const netAmount = subtotal.minus(discountAmount);
  // What the lines add up to: the discount is spent on them to the cent.
  const totalAmount = netAmount.plus(taxAmount);
  const greatest = greatestOf(FORMATS.amount);
  if (subtotal.gt(greatest) || totalAmount.gt(greatest))
    return { problems: [pricingProblem('lines', 'AMOUNT_TOO_LARGE')] };
  return {
    figures: {
      lines: lines.map(lineFigures),
      subtotal: amountText(subtotal),
      discountAmount: amountText(discountAmount),
      netAmount: amountText(netAmount),
      taxAmount: amountText(taxAmount),
      totalAmount: amountText(totalAmount),
      taxes,
    },
  };
}

const lineFigures = ({ amount, discountAmount, share, net, tax, total }: FinalLine): LineFigures => ({
  amount: amountText(amount),
  discountAmount: amountText(discountAmount),
  quoteDiscountShare: amountText(share),
  net: amountText(net),
  tax: amountText(tax),
  total: amountText(total),
});

/** Of whole cents, below what the total was compared with: `toText()` would ask so of each of 6,000 figures again. */
const amountText = (value: Decimal): string =>
  value === ZERO ? '0.00' : value.toFixed(FORMATS.amount.places);
