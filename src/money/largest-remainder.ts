/**
 * Divides `amount` in proportion to `weights`, in whole units, so that the parts add up to it: each gets its share
 * rounded down, and the units that are left go to those who lost most by that. `preferred` decides between those who
 * lost the same, by their places in `weights`; it decides alone, so that their order does not.
 *
 * All are whole and not negative. Of an amount up to the sum of the weights no part exceeds its weight.
 */
export function largestRemainder(
  amount: bigint,
  weights: readonly bigint[],
  preferred: (a: number, b: number) => number,
): bigint[] {
  const whole = weights.reduce((total, weight) => total + weight, 0n);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (amount * weight) / whole);
  const remainders = weights.map((weight) => (amount * weight) % whole);
  const left = Number(amount - parts.reduce((total, part) => total + part, 0n));
  const byLoss = Array.from(weights.keys()).sort(
    (a, b) => descending(remainders[a]!, remainders[b]!) || preferred(a, b),
  );
  for (const place of byLoss.slice(0, left)) parts[place]! += 1n;
  return parts;
}

const descending = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? 1 : -1);
