/** Thrown where a description makes a check cost more than anybody should have to wait for. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** Deeper than any real schema applied to the deepest body that is let in, far from the end of the stack. */
const MAX_DEPTH = 800;

const STEPS_PER_SCHEMA = 8;

/**
 * What a check may cost, in steps of some 30 nanoseconds. Schemas come from tenants, and a small one can ask for
 * exponentially much (`allOf` of `allOf`, recursion through `anyOf`); counting ends that alike on every machine.
 */
export class Budget {
  private depth = 0;

  constructor(
    private steps: number,
    /** Of a whole request, which this one draws from as well. */
    private readonly purse?: Budget,
  ) {}

  spend(steps: number): void {
    this.steps -= steps;
    this.purse?.spend(steps);
    if (this.steps < 0) throw new BudgetSpent();
  }

  /** Into a subschema; `leave()` in the end. */
  enter(): void {
    this.spend(STEPS_PER_SCHEMA);
    if (++this.depth > MAX_DEPTH) throw new BudgetSpent();
  }

  leave(): void {
    this.depth--;
  }
}
