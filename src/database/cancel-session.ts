import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg, { type PoolClient } from 'pg';

/** How long the server gets to answer, before the connection is cut off. */
const PATIENCE_MS = 2_000;

/** What node-postgres knows of a session and does not type: its cancellation key, how its channel is protected. */
interface Session {
  processID: number | null;
  secretKey: number | null;
  connection: { ssl: boolean | object; sslNegotiation: string };
}

interface CancelConnection {
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * Cancels what this checked-out session runs and destroys it; never rejects. The session is never handed on: a
 * CancelRequest names a session, not a statement, so a late one would hit whoever used it next.
 * @param begun settles once the server has begun the transaction: a cancelled BEGIN would leave what is behind it on
 * the wire to commit on its own
 */
export async function cancelSession(
  client: PoolClient,
  isRunning: () => boolean,
  begun: Promise<unknown> | undefined,
): Promise<void> {
  await Promise.race([begun?.catch(() => undefined), pause(PATIENCE_MS)]);
  const giveUpAt = performance.now() + PATIENCE_MS;
  // Repeated, since a request that overtakes its statement finds nothing to cancel, and the statement runs on.
  for (let pauseMs = 5; isRunning() && performance.now() < giveUpAt; pauseMs *= 2) {
    await sendCancelRequest(client).catch(() => undefined);
    await pause(pauseMs);
  }
  client.release(true);
  if (isRunning()) client.connection.stream.destroy();
}

const pause = (ms: number) => sleep(ms, undefined, { ref: false });

/**
 * PostgreSQL's CancelRequest, on a connection of its own that is protected as the session's is. Resolves once the server
 * has passed it on; rejects where it cannot be reached.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
async function sendCancelRequest(client: PoolClient): Promise<void> {
  const { processID, secretKey, connection: session } = client as unknown as Session;
  if (processID === null || secretKey === null) return; // some poolers give no key
  const { ssl, sslNegotiation } = session;
  const connection = new pg.Connection({ ssl, sslNegotiation } as pg.ConnectionConfig);
  const wire = connection as unknown as CancelConnection;
  const cancel = () => wire.cancel(processID, secretKey);
  connection.on('error', () => undefined); // `once` below tells of the first; there may be more
  connection.on('connect', () => {
    if (!ssl) cancel();
    else if (sslNegotiation !== 'direct') wire.requestSsl();
  });
  connection.on('sslconnect', cancel);
  // The server answers nothing; that it closes the connection says that the signal was sent.
  const isSent = once(connection, 'end', { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (client.host.startsWith('/')) wire.connect(`${client.host}/.s.PGSQL.${client.port}`);
  else wire.connect(client.port, client.host);
  try {
    await isSent;
  } finally {
    connection.stream.destroy();
  }
}
