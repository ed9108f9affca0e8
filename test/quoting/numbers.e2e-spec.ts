import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Numbered } from '../../src/quoting/numbers/numbers.js';
import { nextNumber } from '../../src/quoting/numbers/next-number.queries.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';

describe('numbers', () => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom({ DATABASE_MAX_WAITING: '200' });
  });
  afterAll(() => room.close());

  const next = (
    tenantId: string,
    day: string,
    { kind = 'quote', fails = false }: { kind?: Numbered; fails?: boolean } = {},
  ) =>
    room.transactions.withTenant(tenantId, { access: 'write' }, async () => {
      const number = await nextNumber(room.db, { tenantId, kind, day });
      if (fails) throw new Error(number);
      return number;
    });

  it('asked for 100 times at once are consecutive, also where some of the transactions fail', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => next(room.acme, '2026-11-21', { fails: index % 4 === 0 })),
    );
    const given = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const expected = Array.from({ length: 75 }, (_, index) => `Q-2026-${String(index + 1).padStart(4, '0')}`);
    expect(given.toSorted()).toEqual(expected);
  });

  it('are counted for each tenant, kind and year alone', async () => {
    expect(await next(room.globex, '2026-12-31')).toBe('Q-2026-0001');
    expect(await next(room.globex, '2027-01-01')).toBe('Q-2027-0001');
    expect(await next(room.globex, '2026-12-31')).toBe('Q-2026-0002');
    expect(await next(room.globex, '2026-12-31', { kind: 'customer' })).toBe('CUST-0001');
    expect(await next(room.globex, '2027-01-01', { kind: 'customer' })).toBe('CUST-0002');
  });
});
