import fc from 'fast-check';

/**
 * A stream of decisions, from which a random program is written. Zero always stands for the simplest thing, and a stream
 * that has run dry answers zeros: so fast-check, which shrinks numbers and arrays, shrinks whole programs without knowing
 * their grammar.
 */
export class Choices {
  constructor(private readonly decide: () => number) {}

  static of(numbers: readonly number[]): Choices {
    let next = 0;
    return new Choices(() => numbers[next++] ?? 0);
  }

  /** A whole number from 0, below `limit`. */
  below(limit: number): number {
    return this.decide() % limit;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  /** `min` to `max` things. */
  several<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: min + this.below(max - min + 1) }, make);
  }
}

const MAX = 0xffff;
// Small numbers would be the likelier ones without this: they stand for the simplest programs.
const decision = fc.noBias(fc.integer({ min: 0, max: MAX }));

/** Streams of up to `length` decisions. */
export const streams = (length: number): fc.Arbitrary<number[]> =>
  fc.array(decision, { maxLength: length, size: 'max' });

/** Endless decisions of one seed (mulberry32), where nothing is shrunk: rows, and which configuration comes next. */
export function seeded(seed: number): Choices {
  let state = seed;
  return new Choices(() => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % MAX;
  });
}
