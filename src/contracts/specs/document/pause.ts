import { setImmediate } from 'node:timers/promises';

const LONGEST_TURN_MS = 10;

/** To be asked between the steps of long work: every ten milliseconds something to await, so that others get a turn. */
export function pause(): () => Promise<void> | undefined {
  let start = performance.now();
  const rest = async () => {
    await setImmediate();
    start = performance.now();
  };
  return () => (performance.now() - start < LONGEST_TURN_MS ? undefined : rest());
}
