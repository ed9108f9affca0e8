import pg, { type Client, type ClientConfig } from 'pg';

/**
 * One connection for one piece of work; always closed afterwards.
 * @throws what connecting or `work` throws (pg's `DatabaseError`, or a system error such as ECONNREFUSED).
 */
export async function withClient<T>(
  connection: ClientConfig,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionTimeoutMillis: 10_000, ...connection });
  // Without a listener a connection lost between two queries ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
