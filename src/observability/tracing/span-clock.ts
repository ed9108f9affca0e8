/** How far the wall clock may have been set off the monotonic one before it is followed. */
const MAX_DRIFT_MS = 100;

/**
 * Turns `performance.now()` into milliseconds since 1970, all spans by one offset: the SDK takes a new one for each span,
 * from a clock of whole milliseconds, and a statement would begin before its transaction.
 */
export class SpanClock {
  private offset = performance.timeOrigin;

  epochMs(monotonicMs: number): number {
    const offset = Date.now() - performance.now();
    if (Math.abs(offset - this.offset) > MAX_DRIFT_MS) this.offset = offset;
    return this.offset + monotonicMs;
  }
}
