export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 0 ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

/** Round by round, so that a machine that grows slow meanwhile touches both sides of every quotient alike. */
export function ratioOf(rounds: number[], to: number[]): { ratio: number; lowest: number; highest: number } {
  const ratios = rounds.map((rate, index) => rate / to[index]!);
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    ratio: round(median(ratios)),
    lowest: round(Math.min(...ratios)),
    highest: round(Math.max(...ratios)),
  };
}
