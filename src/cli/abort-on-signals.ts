const signals = ['SIGTERM', 'SIGINT'] as const;

/** An AbortSignal for SIGTERM and Ctrl-C. A second one of them ends the process at once, as without this. */
export function abortOnSignals(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const name of signals) process.once(name, abort);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, abort);
    },
  };
}
