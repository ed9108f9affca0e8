import { decimal } from '../money/decimal.js';
import { FORMATS } from '../money/formats.js';
import { toText } from '../money/to-text.js';
import { taxBreakdown } from '../pricing/tax-breakdown.js';
import { amountText, percentageText } from './formats.js';
import type { Total } from './quote-document.types.js';
import type { QuoteFacts } from './quote-facts.js';

/** The steps from the lines to what there is to pay. Each follows from those before it. */
export function documentTotals({ quote, lines }: QuoteFacts): Total[] {
  const { currency, subtotal, discountAmount, totalAmount } = quote;
  const taxes = taxBreakdown(
    lines.map(({ taxRate, net, tax }) => ({
      taxRate: decimal(taxRate),
      net: decimal(net),
      tax: decimal(tax),
    })),
  );
  return [
    { label: 'Subtotal', amount: amountText(subtotal) },
    ...discountSteps(quote, subtotal, discountAmount),
    ...taxes.map(({ taxRate, net, tax }) => ({
      label: `Tax ${percentageText(taxRate)} of ${amountText(net)}`,
      amount: amountText(tax),
    })),
    { label: 'Total', amount: `${amountText(totalAmount)} ${currency}` },
  ];
}

function discountSteps(
  { discountType, discountValue }: QuoteFacts['quote'],
  subtotal: string,
  discountAmount: string,
): Total[] {
  if (decimal(discountAmount).eq('0')) return [];
  const percentage =
    discountType === 'percentage' && discountValue !== null ? ` ${percentageText(discountValue)}` : '';
  const net = toText(decimal(subtotal).minus(decimal(discountAmount)), FORMATS.amount);
  return [
    { label: `Discount${percentage}`, amount: `−${amountText(discountAmount)}` },
    { label: 'Net', amount: amountText(net) },
  ];
}
