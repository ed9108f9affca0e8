import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AttackedDatabase, openAttackedDatabase } from './attacked-database.js';
import { isOfTenants, readPrivileges } from './catalogue.js';
import { columnsOf } from './attack.js';
import { PLACES } from './places.js';
import { REFUSED, SWITCHES, type Parties } from './refused.js';
import { Session } from './session.js';

describe.each(PLACES)('the service’s login on PostgreSQL $major, pooled: $isPooled', (place) => {
  let attacked: AttackedDatabase;
  let session: Session;
  let parties: Parties;
  beforeAll(async () => {
    attacked = await openAttackedDatabase(place);
    session = await Session.open(attacked.service.url, { isPrepared: !place.isPooled });
    const { target, other } = attacked.street;
    parties = { victim: target.tenantId, attacker: other.tenantId };
  });
  afterAll(async () => {
    await session.close();
    await attacked.close();
  });

  const asAttacker = (...texts: string[]) => session.script(texts, parties.attacker);
  const ownNotes = () => asAttacker('SELECT * FROM notes');
  /** Tables that the service may read. */
  const readable = async () => {
    const privileges = await readPrivileges(attacked.asAdmin, 'rowhouse_app');
    return attacked.street.tables
      .filter(isOfTenants)
      .filter((table) => columnsOf(table).every((column) => privileges.can('SELECT', table, column)));
  };

  it.each(REFUSED)('is refused %s', async (_, statement, expected) => {
    const [answer] = await asAttacker(statement(parties));
    expect(answer).toBe(answer?.startsWith(expected) ? answer : expected);
  });

  it.each(SWITCHES)(
    'becomes nobody else by %s, and sees only its own afterwards',
    async (_, statement, expected) => {
      const before = await ownNotes();
      const answers = await asAttacker(
        'SAVEPOINT one',
        statement(parties),
        'ROLLBACK TO one',
        'SELECT * FROM notes',
      );
      expect(answers[1]).toBe(answers[1]?.startsWith(expected) ? answers[1] : expected);
      expect(answers.slice(3)).toEqual(before);
      // Without a savepoint nothing follows at all.
      expect((await asAttacker(statement(parties), 'SELECT * FROM notes'))[1]).toMatch(/^25P02 /);
    },
  );

  it.each([
    ['nothing', undefined, '42501 no tenant context'],
    ['an empty tenant', '', '42501 no tenant context'],
    ['a malformed tenant', 'acme', '22P02 invalid input syntax for type uuid'],
  ])(
    'is answered an error, never 0 rows, by every table in the name of %s',
    async (_, tenantId, expected) => {
      for (const { name } of await readable()) {
        const { text } = await session.run(`SELECT * FROM ${name} WHERE tenant_id IS NOT NULL`, [], tenantId);
        expect([name, text]).toEqual([name, text.startsWith(expected) ? text : expected]);
      }
    },
  );

  it('is refused to read any table with row_security off', async () => {
    for (const { name, label } of await readable()) {
      const [, answer] = await asAttacker('SET LOCAL row_security = off', `SELECT * FROM ${name}`);
      expect(answer).toBe(`42501 query would be affected by row-level security policy for table "${label}"`);
    }
  });

  it('copies its own rows out, and no other', async () => {
    expect(await asAttacker('COPY notes TO STDOUT')).toEqual(await ownNotes());
  });

  it('deletes, with a parent, its own children only', async () => {
    const children = async () =>
      (await attacked.asAdmin('SELECT tenant_id, count(*)::int FROM comments GROUP BY 1 ORDER BY 1')).rows;
    const before = await children();
    await attacked.asAdmin('BEGIN');
    try {
      await attacked.asAdmin(`SET LOCAL ROLE rowhouse_app; SET LOCAL app.tenant_id = '${parties.attacker}'`);
      await attacked.asAdmin('DELETE FROM notes');
      await attacked.asAdmin('RESET ROLE');
      expect(await children()).toEqual(before.filter((row) => row['tenant_id'] === parties.victim));
    } finally {
      await attacked.asAdmin('ROLLBACK');
    }
  });
});
