import { request } from 'node:http';
import type { Probe } from 'kubernetes-types/core/v1.js';
import { PROBE_TIMEOUT_MS, fastSeconds } from './time.js';

/** As the kubelet asks: a connection of its own each time, and 200 to 399 is a yes. */
export function succeeds(probe: Probe, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const asked = request({ port, path: probe.httpGet!.path!, agent: false, timeout: PROBE_TIMEOUT_MS });
  asked.on('timeout', () => asked.destroy());
  asked.on('close', () => resolve(false)); // where no answer came
  asked.on('error', () => resolve(false));
  asked.on('response', (response) => {
    resolve(response.statusCode! >= 200 && response.statusCode! < 400);
    response.resume();
  });
  asked.end();
  return promise;
}

/**
 * Asks until `isOver`, and tells when a state changes: `true` after one success, `false` after as many failures in a row
 * as the probe allows.
 */
export async function watch(
  probe: Probe,
  port: number,
  isOver: () => boolean,
  tell: (isGood: boolean) => void,
): Promise<void> {
  let failures = 0;
  while (!isOver()) {
    const isGood = await succeeds(probe, port);
    failures = isGood ? 0 : failures + 1;
    if (isOver()) return;
    if (isGood || failures === probe.failureThreshold) tell(isGood);
    await new Promise((resolve) => setTimeout(resolve, fastSeconds(probe.periodSeconds!)));
  }
}
