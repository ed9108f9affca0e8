import type { ClientBase } from 'pg';

interface WithStream {
  connection?: { stream?: { cork?(): void; uncork?(): void } };
}

/**
 * Lets everything that is written to this connection in the current turn of the event loop leave in one write:
 * BEGIN with the first statement, and the statements of a `Promise.all`. `pg` does not type its socket, hence the narrow view.
 */
export function coalesceWrites(client: ClientBase): void {
  const stream = (client as unknown as WithStream).connection?.stream;
  if (!stream?.cork) return;
  stream.cork();
  process.nextTick(() => stream.uncork?.());
}
