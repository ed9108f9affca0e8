import { decimal } from '../../money/index.js';
import { netAmount, taxesOf } from '../quotes/quote-answer.js';
import { amountText, percentageText } from './formats.js';
import type { Total } from './quote-document.types.js';
import type { QuoteFacts } from './quote-facts.js';

/** The steps from the lines to what there is to pay. Each follows from those before it. */
export function documentTotals({ quote, lines }: QuoteFacts): Total[] {
  const { currency, subtotal, totalAmount } = quote;
  return [
    { label: 'Subtotal', amount: amountText(subtotal) },
    ...discountSteps(quote),
    ...taxesOf(lines).map(({ taxRate, net, tax }) => ({
      label: `Tax ${percentageText(taxRate)} of ${amountText(net)}`,
      amount: amountText(tax),
    })),
    { label: 'Total', amount: `${amountText(totalAmount)} ${currency}` },
  ];
}

function discountSteps(quote: QuoteFacts['quote']): Total[] {
  const { discountType, discountValue, discountAmount } = quote;
  if (decimal(discountAmount).eq('0')) return [];
  const percentage =
    discountType === 'percentage' && discountValue !== null ? ` ${percentageText(discountValue)}` : '';
  return [
    { label: `Discount${percentage}`, amount: `−${amountText(discountAmount)}` },
    { label: 'Net', amount: amountText(netAmount(quote)) },
  ];
}
