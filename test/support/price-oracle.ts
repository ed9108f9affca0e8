import type { Discount, LineToPrice, QuoteToPrice } from '../../src/quoting/pricing/pricing.types.js';

/** Half-up, of numbers that are not negative. */
const divide = (a: bigint, b: bigint): bigint => (2n * a + b) / (2n * b);
/** A decimal as a whole number of its ten-thousandths. */
const units = (text: string): bigint => {
  const [whole = '', places = ''] = text.split('.');
  return BigInt(whole + places.padEnd(4, '0'));
};
const ONE = 10_000n;

/**
 * The specification once more, for tests: by whole numbers only, and the odd cents by sorting a list of claims.
 * @returns cents; of each line its net and tax
 */
export function pricedByWholeNumbers({ lines, discount, pricesIncludeTax }: QuoteToPrice) {
  const priced = lines.map((line) => amounts(line, pricesIncludeTax));
  const subtotal = priced.reduce((sum, { net }) => sum + net, 0n);
  const spent = off(discount, subtotal, ONE);
  const claims = priced
    .map(({ net, given }, index) => ({
      index,
      loss: subtotal && (spent * net) % subtotal,
      order: [net, units(lines[index]!.taxRate), given],
      key: lines[index]!.key ?? '',
    }))
    .sort(
      (a, b) =>
        descending([a.loss, ...a.order], [b.loss, ...b.order]) ||
        Number(a.key > b.key) - Number(a.key < b.key),
    );
  const shares = priced.map(({ net }) => (subtotal ? (spent * net) / subtotal : 0n));
  let left = spent - shares.reduce((sum, share) => sum + share, 0n);
  for (const { index } of claims) if (left-- > 0n) shares[index]! += 1n;
  const figures = priced.map(({ given, amount, net }, index) => {
    const rest = net - shares[index]!;
    const isWhole = pricesIncludeTax && rest === amount;
    return [rest, isWhole ? given - rest : divide(rest * units(lines[index]!.taxRate), ONE)] as const;
  });
  return { lines: figures, total: figures.reduce((sum, [net, tax]) => sum + net + tax, 0n) };
}

function amounts({ quantity, unitPrice, taxRate, discount }: LineToPrice, pricesIncludeTax: boolean) {
  const given = divide(units(quantity) * units(unitPrice), 1_000_000n);
  const amount = pricesIncludeTax ? divide(given * ONE, ONE + units(taxRate)) : given;
  return { given, amount, net: amount - off(discount, amount, units(quantity)) };
}

function off(discount: Discount | undefined, amount: bigint, quantity: bigint): bigint {
  if (!discount) return 0n;
  const value = units(discount.value);
  if (discount.type === 'percentage') return divide(amount * value, ONE);
  return discount.type === 'fixed' ? value / 100n : divide(value * quantity, 1_000_000n);
}

const descending = (a: bigint[], b: bigint[]): number => {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : a[place]! > b[place]! ? -1 : 1;
};
