/** Runs `work` once the signal aborts, at once if it did already. Returns how to stop listening. */
export function onAbort(signal: AbortSignal | undefined, work: () => void): () => void {
  if (!signal) return nothing;
  if (signal.aborted) work();
  signal.addEventListener('abort', work);
  return () => signal.removeEventListener('abort', work);
}

const nothing = () => undefined;
