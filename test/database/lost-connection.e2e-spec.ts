import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

describe('a connection that the server ends', () => {
  let room: DatabaseRoom;
  const losses: string[] = [];
  beforeAll(async () => {
    // A pooler would stand between, and tell its own story.
    room = await openDatabaseRoom({}, await createTestDatabase(undefined, { isDirect: true }));
    room.events.subscribe({ connectionLost: (plane) => void losses.push(plane) });
  });
  let closed: Promise<void> | undefined;
  afterAll(() => closed ?? room.close());

  const takeOne = async () => {
    const client = await room.pool.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return {
      async end() {
        await room.database.query(`SELECT pg_terminate_backend(${rows[0]!.pid})`);
        await ended;
        client.release(true);
      },
    };
  };

  it('is one loss while the pool is used', async () => {
    await (await takeOne()).end();
    expect(losses).toEqual(['tenant']);
  });

  // A server that is stopped right after the application, as by npm start, is faster than the goodbye of its pools.
  it('is none once the pool is ending', async () => {
    losses.length = 0;
    const connection = await takeOne();
    closed = room.close();
    await eventually(() => expect(room.pool.ending).toBe(true));
    await connection.end();
    await closed;
    expect(losses).toEqual([]);
  });
});
