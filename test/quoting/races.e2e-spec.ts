import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExpireQuotes } from '../../src/quoting/quotes/expire-quotes.service.js';
import { withClient } from '../../src/migrations/index.js';
import { rounds } from '../contracts/race.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { Desk, JANE, type Office, done, line, openOffice, visitor } from './desk.js';

/** A hundred at once wait for one counter, and on a busy machine for each other's processor. */
const environment = {
  DATABASE_MAX_WAITING: '200',
  DATABASE_CONNECTION_TIMEOUT_MS: '20000',
  DATABASE_CONNECT_DEADLINE_MS: '20000',
  RATE_LIMIT_FAILED_SIGN_INS: '0',
};

let office: Office;
let other: TestApp;
let both: Desk[];
let desk: Desk;
beforeAll(async () => {
  office = await openOffice(environment);
  // So that a draft can be sent, and be edited meanwhile by whoever may write.
  const settings = { quoting: { sendingRequiresApproval: false } };
  done(await office.call('PATCH', '/v1/tenant', { as: office.acme.apiKey, body: { settings } }));
  const jwt = { JWT_ISSUERS: JSON.stringify([office.issuer.settings()]) };
  other = await createTestApp({ sharing: office, environment: { ...environment, ...jwt } });
});
afterAll(async () => {
  await other.close();
  await office.close();
});
beforeEach(async () => {
  desk = new Desk(office);
  both = [desk, desk.through(other)];
  // Their connections are open: else the first of a race would be over while the others still connect.
  await Promise.all(Array.from({ length: 12 }, (_, i) => both[i % 2]!.get('/quotes')));
});

const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status).toSorted();
const REASON = { reason: 'race' };

describe('quotes', () => {
  it('made 100 at once have 100 consecutive numbers', async () => {
    const body = await desk.quote();
    const { number: before } = await desk.drafted();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => both[i % 2]!.post('/quotes', body)),
    );
    expect(statusesOf(answers)).toEqual(Array(100).fill(201));
    const first = Number(before.slice(-4)) + 1;
    expect(answers.map((answer) => answer.body.number).toSorted()).toEqual(
      Array.from({ length: 100 }, (_, i) => `${before.slice(0, 7)}${String(first + i).padStart(4, '0')}`),
    );
  });

  it('that are refused at the same time leave no gap', async () => {
    const body = await desk.quote();
    const refused = { ...body, lines: [line({ discountType: 'fixed', discountValue: '999999' })] };
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => both[i % 2]!.post('/quotes', i % 3 === 0 ? refused : body)),
    );
    const numbers = answers.flatMap(({ status, body: made }) =>
      status === 201 ? [Number(made.number.slice(-4))] : [],
    );
    expect(numbers).toHaveLength(20);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBe(19);
  });
});

describe('a quote', () => {
  /** Of several at once one wins; the others learn what it is now. */
  const oneWins = async (id: string, answers: Answer[]) => {
    expect(statusesOf(answers)).toEqual([200, ...Array(answers.length - 1).fill(409)]);
    const { status, version } = await desk.read(id);
    const [won] = answers.filter((answer) => answer.status === 200);
    expect(won!.body).toMatchObject({ status, version });
    for (const { status: refused, body } of answers)
      if (refused === 409) expect(body.code).toBe('QUOTE_STATE');
    return status as string;
  };

  it(
    'accepted and cancelled at once is one of them',
    rounds(async () => {
      const { id } = await desk.sent();
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          i % 2
            ? both[(i >> 1) % 2]!.post(`/quotes/${id}/accept`, {})
            : both[(i >> 1) % 2]!.post(`/quotes/${id}/cancel`, REASON),
        ),
      );
      const status = await oneWins(id, answers);
      expect(['accepted', 'cancelled']).toContain(status);
      const { rows } = await office.database.query(
        `SELECT count(*)::int AS n FROM audit_log WHERE entity_id = $1 AND action IN ('quotes.accept', 'quotes.cancel')`,
        [id],
      );
      expect(rows).toEqual([{ n: 1 }]);
    }),
  );

  it(
    'accepted over its link while it is cancelled, revised or its link revoked has one end',
    rounds(async () => {
      const { id } = await desk.sent();
      const token = await desk.delivered(id);
      const [link] = (await desk.get(`/quotes/${id}/links`)).body.data;
      const [accepted, cancelled, revoked] = await Promise.all([
        visitor(office, token).accept({ ...JANE, version: 1 }),
        both[1]!.post(`/quotes/${id}/cancel`, REASON),
        desk.delete(`/quotes/${id}/links/${link.id}`),
      ]);
      const { status } = await desk.read(id);
      expect(revoked.status).toBe(204);
      expect(accepted.status === 200).toBe(status === 'accepted');
      expect(cancelled.status === 200).toBe(status === 'cancelled');
    }),
  );

  it(
    'looked at by many at once is viewed once',
    rounds(async () => {
      const { id } = await desk.sent();
      const token = await desk.delivered(id);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => visitor([office, other][i % 2]!, token).read()),
      );
      expect(statusesOf(answers)).toEqual(Array(10).fill(200));
      const { rows } = await office.database.query(
        `SELECT count(*)::int AS n FROM audit_log WHERE entity_id = $1 AND action = 'quotes.view'`,
        [id],
      );
      expect(rows).toEqual([{ n: 1 }]);
    }),
  );

  it(
    'decided by its approver and an owner at once, over both routes, is decided once',
    rounds(async () => {
      const { id } = await desk.submitted();
      const [request] = (await desk.get(`/approvals?subject=${id}`)).body.data;
      const answers = await Promise.all([
        both[0]!.post(`/quotes/${id}/approve`, {}, 'approver'),
        both[1]!.post(`/quotes/${id}/reject-approval`, REASON, 'owner'),
        both[0]!.post(`/approvals/${request.id}/reject`, REASON, 'approver'),
        both[1]!.post(`/approvals/${request.id}/approve`, {}, 'owner'),
      ]);
      expect(statusesOf(answers)).toEqual([200, 409, 409, 409]);
      const { status } = await desk.read(id);
      const [decided] = (await desk.get(`/approvals?subject=${id}`)).body.data;
      expect(decided.status).toBe(status);
    }),
  );

  it('is not decided by a request that was cancelled while the decision waited, though somebody else is asked', async () => {
    const { id } = await desk.submitted();
    const [request] = (await desk.get(`/approvals?subject=${id}`)).body.data;
    await withClient({ connectionString: office.database.adminUrl }, async (blocker) => {
      await blocker.query('BEGIN');
      await blocker.query('SELECT 1 FROM quotes WHERE id = $1 FOR UPDATE', [id]);
      const late = desk.post(`/approvals/${request.id}/approve`, {}, 'owner');
      await eventually(async () => {
        const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        expect((await office.database.query(waiting)).rows).toHaveLength(1);
      });
      await blocker.query(
        `UPDATE approval_requests SET status = 'cancelled', decided_by = 'x', decided_at = now() WHERE id = $1`,
        [request.id],
      );
      await blocker.query(
        `INSERT INTO approval_requests (tenant_id, id, subject_type, subject_id, approver_id, requested_by)
         SELECT tenant_id, gen_random_uuid(), subject_type, subject_id, approver_id, requested_by
           FROM approval_requests WHERE id = $1`,
        [request.id],
      );
      await blocker.query('COMMIT');
      expect(await late).toMatchObject({ status: 409, body: { code: 'APPROVAL_NOT_PENDING' } });
    });
    expect((await desk.read(id)).status).toBe('pending');
  });

  it(
    'submitted by many at once has one approver',
    rounds(async () => {
      const { id } = await desk.drafted();
      const approverId = office.people.approver.id;
      const ask = { subjectType: 'quote', subjectId: id, approverId };
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          i % 2
            ? both[i % 2]!.post('/approvals', ask)
            : both[0]!.post(`/quotes/${id}/submit`, { approverId }),
        ),
      );
      expect(statusesOf(answers).filter((status) => status < 300)).toHaveLength(1);
      expect((await desk.get(`/approvals?subject=${id}`)).body.data).toHaveLength(1);
    }),
  );

  it(
    'edited while it is sent is sent as it was, or as it became: what is seen is what was versioned',
    rounds(async () => {
      const writer = await desk.allowed('quotes:read', 'quotes:write', 'quotes:override-price');
      const { id, lines } = await desk.drafted();
      const [edited, sent] = await Promise.all([
        writer.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '41' }),
        both[1]!.post(`/quotes/${id}/send`),
      ]);
      expect(sent.status).toBe(200);
      const now = await desk.read(id);
      const wasFirst = edited.status === 200;
      expect([now.status, now.totalAmount, now.version]).toEqual(
        wasFirst ? ['sent', '7072.50', 2] : ['sent', '6900.00', 1],
      );
      if (wasFirst) expect(sent.body.totalAmount).toBe('7072.50');
      else expect(edited.body.code).toBe('QUOTE_STATE');
      const { body: version } = await desk.get(`/quotes/${id}/versions/${now.version}`);
      expect(version.quote.totalAmount).toBe(now.totalAmount);
    }),
  );

  it(
    'whose lines many change at once counts every change, and a version for each',
    rounds(async () => {
      const { id, lines } = await desk.drafted({
        lines: Array.from({ length: 8 }, () => line({ quantity: 1 })),
      });
      const answers = await Promise.all(
        lines.map((one: { id: string }, i: number) =>
          both[i % 2]!.patch(`/quotes/${id}/lines/${one.id}`, { quantity: 2 }),
        ),
      );
      expect(statusesOf(answers)).toEqual(Array(8).fill(200));
      expect(await desk.read(id)).toMatchObject({ version: 9, subtotal: '2400.00' });
      const added = await Promise.all(
        Array.from({ length: 6 }, (_, i) => both[i % 2]!.post(`/quotes/${id}/lines`, line())),
      );
      expect(statusesOf(added)).toEqual(Array(6).fill(201));
      const { lines: after } = await desk.read(id);
      expect(after.map(({ lineNumber }: { lineNumber: number }) => lineNumber)).toEqual(
        Array.from({ length: 14 }, (_, i) => i + 1),
      );
    }),
  );

  it(
    'made while its customer is deleted: either there is none, or the customer stays',
    rounds(async () => {
      const lone = new Desk(office);
      const customer = await lone.customerId();
      const body = await lone.quote();
      const [made, deleted] = await Promise.all([
        lone.post('/quotes', body),
        lone.through(other).delete(`/customers/${customer}`),
      ]);
      const outcome = [made.status, deleted.status];
      expect([
        [201, 409],
        [404, 204],
      ]).toContainEqual(outcome);
      if (deleted.status === 409) expect(deleted.body.code).toBe('CUSTOMER_HAS_QUOTES');
    }),
  );

  it('that somebody holds is left out by the sweep, and met by the next', async () => {
    const { id } = await desk.expired();
    const expire = office.app.get(ExpireQuotes);
    await withClient({ connectionString: office.database.adminUrl }, async (blocker) => {
      await blocker.query('BEGIN');
      await blocker.query('SELECT 1 FROM quotes WHERE id = $1 FOR UPDATE', [id]);
      await eventually(async () => expect(await expire.expire(office.acme.id)).toBe(0));
      await blocker.query('ROLLBACK');
    });
    expect(await expire.expire(office.acme.id)).toBe(1);
  });
});

it('keeps a locked quote from nobody who only reads', async () => {
  const { id } = await desk.drafted();
  await withClient({ connectionString: office.database.adminUrl }, async (blocker) => {
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM quotes WHERE id = $1 FOR UPDATE', [id]);
    expect(done(await desk.get(`/quotes/${id}`)).status).toBe(200);
    await blocker.query('ROLLBACK');
  });
});
