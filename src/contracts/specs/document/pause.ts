import { setImmediate } from 'node:timers/promises';

const LONGEST_TURN_MS = 10;

/** To be awaited between the steps of long work: lets others have the event loop after each ten milliseconds. */
export function pause(): () => Promise<void> | undefined {
  let start = performance.now();
  return () => {
    if (performance.now() - start < LONGEST_TURN_MS) return undefined;
    return setImmediate().then(() => {
      start = performance.now();
    });
  };
}
