import type { Client } from 'pg';

const ROUNDS = 3;

/**
 * Is a pooler in transaction mode in between? It gives every transaction another backend, so that whatever belongs to a session
 * (locks, SET, LISTEN) is somebody else's. A pooler invents the process id that it tells at the start, so most sessions need
 * no second look; behind one, a backend that serves two clients at once, or changes between two queries, gives it away.
 */
export async function sharesSessions(client: Client, newClient: () => Client): Promise<boolean> {
  const pid = await backendPid(client);
  if (announcedPid(client) === pid) return false;
  const other = newClient();
  other.on('error', () => undefined); // it may be lost between two queries, which then fail
  try {
    await other.connect();
    for (let round = 0; round < ROUNDS; round += 1) {
      await other.query('BEGIN');
      const theirs = await backendPid(other);
      const own = await backendPid(client);
      await other.query('COMMIT');
      if (theirs === pid || own !== pid) return true;
    }
    return false;
  } finally {
    await other.end().catch(() => undefined);
  }
}

export async function backendPid(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

const announcedPid = (client: Client) => (client as Client & { processID?: number }).processID;
