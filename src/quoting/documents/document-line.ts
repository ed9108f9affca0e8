import { decimal, type Decimal, FORMATS, toText } from '../../money/index.js';
import { priceLine } from '../pricing/price-line.js';
import type { Unit } from '../rate-cards/rate-cards.types.js';
import { amountText, percentageText, quantityText, unitPriceText } from './formats.js';
import { printable } from './printable.js';
import type { DocumentLine } from './quote-document.types.js';
import type { LineFacts } from './quote-facts.js';

/** One line as its customer reads it. */
export function documentLine(line: LineFacts, pricesIncludeTax: boolean): DocumentLine {
  return {
    number: String(line.lineNumber),
    description: printable(line.description),
    sku: line.sku === null ? null : printable(line.sku),
    quantity: quantityOf(line),
    unitPrice: unitPriceText(line.unitPrice),
    discount: discountOf(line),
    taxRate: percentageText(line.taxRate),
    amount: amountText(toText(amountOf(line, pricesIncludeTax), FORMATS.amount)),
  };
}

/** A line is stored with its share of the quote's discount taken off; a reader looks for that at the end. */
function amountOf(line: LineFacts, pricesIncludeTax: boolean): Decimal {
  const { discountType, discountValue } = line;
  const discount =
    discountType && discountValue !== null ? { type: discountType, value: discountValue } : undefined;
  return priceLine({ ...line, discount }, pricesIncludeTax, '', []).net;
}

const UNITS: Record<Unit, readonly [one: string, many: string]> = {
  hour: ['hour', 'hours'],
  day: ['day', 'days'],
  piece: ['piece', 'pieces'],
  // A price for the whole has nothing to count.
  fixed: ['', ''],
};

function quantityOf({ quantity, unit }: LineFacts): string {
  const [one, many] = UNITS[unit];
  return `${quantityText(quantity)} ${decimal(quantity).eq('1') ? one : many}`.trimEnd();
}

function discountOf({ discountType, discountValue, unit }: LineFacts): string | null {
  if (discountType === null || discountValue === null || decimal(discountValue).eq('0')) return null;
  if (discountType === 'percentage') return `−${percentageText(discountValue)}`;
  if (discountType === 'fixed') return `−${unitPriceText(discountValue)}`;
  return `−${unitPriceText(discountValue)} per ${UNITS[unit][0] || 'unit'}`;
}
