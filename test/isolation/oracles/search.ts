import fc from 'fast-check';

/** Programs that are run before the clock is looked at again. */
const BATCH = 4;
/** A violation is shrunk for no longer than this. */
const SHRINKING_MS = 60_000;

export interface Searched {
  programs: number;
  operations: number;
  /** The seed, and the smallest program that still shows it. */
  violation?: string;
}

/**
 * Runs random programs until the time is over or one violates its oracle, which is then shrunk. `run` answers how many
 * operations it was. The same seed runs the same programs in the same order.
 */
export async function search<T>(
  programs: fc.Arbitrary<T>,
  run: (program: T) => Promise<number>,
  { seed, ms, isShrunk = true }: { seed: number; ms: number; isShrunk?: boolean },
): Promise<Searched> {
  const giveUpAt = performance.now() + ms;
  const searched: Searched = { programs: 0, operations: 0 };
  const property = fc.asyncProperty(programs, async (program) => {
    searched.operations += await run(program);
    searched.programs++;
  });
  for (let batch = 0; performance.now() < giveUpAt; batch++) {
    const found = await fc.check(property, {
      seed: seed + batch,
      numRuns: BATCH,
      interruptAfterTimeLimit: SHRINKING_MS,
      endOnFailure: !isShrunk,
    });
    if (!found.failed) continue;
    const reason = found.errorInstance instanceof Error ? found.errorInstance.message : found.errorInstance;
    searched.violation = `seed ${seed}, batch ${batch}, shrunk ${found.numShrinks} times\n${String(reason)}`;
    break;
  }
  return searched;
}
