import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/database/index.js';
import { notes } from '../notes/notes.schema.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';

describe.each(['true', 'false'])('the last write of a transaction (DATABASE_PIPELINE=%s)', (pipeline) => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom({ DATABASE_PIPELINE: pipeline, DATABASE_POOL_MAX: '1' });
  });
  afterAll(() => room.close());
  beforeEach(() => room.database.query('TRUNCATE notes CASCADE'));

  const insert = (title: string) =>
    room.db.insert(notes).values({ tenantId: room.acme, id: newId(), title }).execute();
  const withLast = (last: () => Promise<unknown>, work = () => room.addNote(room.acme, 'work')) =>
    room.transactions.withTenant(room.acme, { access: 'write' }, async () => {
      room.transactions.lastWrite(last);
      return await work();
    });

  it('is committed with the work', async () => {
    await withLast(() => insert('last'));
    expect(await room.titles(room.acme)).toEqual(['last', 'work']);
  });

  it('never comes to pass where the work fails', async () => {
    const failing = withLast(
      () => insert('last'),
      async () => {
        await room.addNote(room.acme, 'work');
        throw new Error('no');
      },
    );
    await expect(failing).rejects.toThrow('no');
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('takes the work with it where it fails, and tells why', async () => {
    await expect(withLast(() => insert('work'))).rejects.toMatchObject({
      sqlState: '23505',
      constraint: 'notes_title',
    });
    await withLast(() => insert('healthy again'));
    expect(await room.titles(room.acme)).toEqual(['healthy again', 'work']);
  });

  it('cannot be a query that is sent too late, or that another is still running beside', async () => {
    const late = async () => {
      await Promise.resolve();
      await insert('late');
    };
    if (pipeline === 'true') {
      await expect(withLast(late)).rejects.toMatchObject({ code: 'TENANT_TX_UNFINISHED' });
    }
    const forgetful = withLast(
      () => insert('last'),
      async () => {
        await room.addNote(room.acme, 'work');
        insert('forgotten').catch(() => undefined);
        return 'done';
      },
    );
    await expect(forgetful).rejects.toMatchObject({ code: 'TENANT_TX_UNFINISHED' });
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('is not sent where the transaction was cancelled, which is no mistake of the code', async () => {
    const abort = new AbortController();
    const cancelled = room.transactions.withTenant(
      room.acme,
      { access: 'write', signal: abort.signal },
      async () => {
        room.transactions.lastWrite(() => insert('last'));
        await room.addNote(room.acme, 'work');
        abort.abort();
      },
    );
    await expect(cancelled).rejects.toMatchObject({ code: 'TRANSACTION_CANCELLED' });
    expect(await room.titles(room.acme)).toEqual([]);
  });
});
