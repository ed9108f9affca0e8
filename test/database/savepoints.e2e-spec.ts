import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';

describe.each(['true', 'false'])('a savepoint, pipeline %s', (pipeline) => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom({ DATABASE_PIPELINE: pipeline });
  });
  afterAll(() => room.close());
  beforeEach(() => room.database.query('TRUNCATE notes CASCADE'));
  const inAcme = <T>(work: () => Promise<T>) =>
    room.transactions.withTenant(room.acme, { access: 'write' }, work);

  it('makes transaction() a savepoint: its failure leaves the rest', async () => {
    await inAcme(async () => {
      await room.addNote(room.acme, 'outer');
      await room.db
        .transaction(async () => {
          await room.addNote(room.acme, 'inner');
          throw new Error('inner fails');
        })
        .catch(() => undefined);
    });
    expect(await room.titles(room.acme)).toEqual(['outer']);
  });

  it('recovers from a failed statement inside a savepoint, and commits', async () => {
    await inAcme(async () => {
      await room.addNote(room.acme, 'same');
      await room.db.transaction(() => room.addNote(room.acme, 'same')).catch(() => undefined);
      await room.addNote(room.acme, 'after');
    });
    expect(await room.titles(room.acme)).toEqual(['after', 'same']);
  });

  it('names the statement that broke the transaction, not one that a savepoint had recovered from', async () => {
    const work = inAcme(async () => {
      await room.addNote(room.acme, 'same');
      await room.db.transaction(() => room.addNote(room.acme, 'same')).catch(() => undefined);
      await Promise.resolve(room.db.execute(sql`select 1 / 0`)).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'TENANT_TX_ABORTED', cause: { sqlState: '22012' } });
  });
});
