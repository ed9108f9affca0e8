import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';

/** How much longer than its longest statement a server may take to say a word. */
const PATIENCE_MS = 1_000;

/** What node-postgres knows and does not type. */
interface Session {
  /** false: the server owes an answer. */
  readyForQuery: boolean;
}

/**
 * Ends a connection whose server owes an answer and has said nothing for longer than a statement may take. Its peer is
 * gone without a FIN (a lost host, a firewall that forgot), which TCP itself notices after a quarter of an hour: until
 * then whoever waits for a COMMIT or a ROLLBACK would hold its place in the pool. A transaction that allows
 * itself longer (`SET LOCAL statement_timeout`) is not waited for either.
 */
export function endWhenSilent(client: PoolClient, statementTimeoutMs: number): void {
  const stream = client.connection.stream as Socket;
  const limitMs = statementTimeoutMs + PATIENCE_MS;
  const owesAnswer = () => !(client as unknown as Session).readyForQuery;
  stream.setTimeout(limitMs);
  stream.on('timeout', () => {
    const heard = stream.bytesRead;
    // After a pause of our own the answer may lie there, unread: it is read before `setImmediate` fires.
    setImmediate(() => {
      if (!owesAnswer() || stream.bytesRead > heard) return;
      stream.destroy(new Error(`The server has not answered for ${limitMs} ms`));
    });
  });
}
