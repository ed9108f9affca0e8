/** Of `POST /interactions/batch`. */
export const MAX_BATCH = 500;
/** The server takes 1 MB by default. */
export const MAX_BATCH_BYTES = 1_000_000;

/** In their order, each as large as the server takes; an item that is larger than that goes alone, to be refused alone. */
export function batchesOf(items: unknown[]): unknown[][] {
  const batches: unknown[][] = [];
  let bytes = Infinity;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes + size > MAX_BATCH_BYTES || batches.at(-1)!.length === MAX_BATCH) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)!.push(item);
    bytes += size;
  }
  return batches;
}
