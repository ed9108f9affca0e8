import { RE2JS } from 're2js';
import type { Budget } from './budget.js';

const MAX_PATTERN_LENGTH = 2_000;
const MAX_PATTERNS = 2_000;
/** Program size x text length: what the slowest known patterns take about 60 milliseconds for. */
const MAX_PRODUCT = 100_000;
const STEPS_PER_MS = 20_000;
/** No single match is charged more than this for each of its product: a pause of the process is nobody's fault. */
const MAX_STEPS_PER_PRODUCT = 12;

/**
 * The patterns of one description. They are strangers' and run on everybody's event loop, so RE2 runs them, whose time is
 * linear in the text; what RE2 does not know (look-around, back references) is not enforced.
 */
export class Patterns {
  private readonly compiled = new Map<string, RE2JS | null>();

  /** True as well for a pattern that is not enforced. */
  matches(pattern: string, text: string, budget: Budget): boolean {
    const program = this.compile(pattern, budget);
    if (!program) return true;
    const product = program.programSize() * (text.length + 1);
    if (product > MAX_PRODUCT) budget.spend(Infinity);
    const start = performance.now();
    const isMatch = program.test(text);
    budget.spend(Math.min((performance.now() - start) * STEPS_PER_MS, product * MAX_STEPS_PER_PRODUCT));
    return isMatch;
  }

  private compile(pattern: string, budget: Budget): RE2JS | null {
    const known = this.compiled.get(pattern);
    if (known !== undefined) return known;
    if (this.compiled.size >= MAX_PATTERNS) this.compiled.clear();
    const start = performance.now();
    const program = tryCompile(pattern);
    this.compiled.set(pattern, program);
    budget.spend((performance.now() - start) * STEPS_PER_MS);
    return program;
  }
}

function tryCompile(pattern: string): RE2JS | null {
  if (pattern.length > MAX_PATTERN_LENGTH) return null;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch {
    return null;
  }
}
