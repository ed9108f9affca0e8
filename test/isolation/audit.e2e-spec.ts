import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { declaredTenantTables } from '../../src/database/index.js';
import { auditIsolation, isBlockingFinding, isolationInvariants } from '../../src/tenancy/audit/index.js';
import { createTestDatabase } from '../support/database.js';
import { createEmptyDatabase } from '../support/migrations.js';
import { AuditedDatabase } from './audited-database.js';

const TEST_TABLES = ['comments', 'notes'];

describe('the audit', () => {
  let audited: AuditedDatabase;
  beforeAll(async () => {
    audited = await AuditedDatabase.open();
  });
  afterAll(() => audited.close());

  it('tells blocking findings as sentences, and keeps warnings to itself', async () => {
    const sentences = await audited.rolledBack(async () => {
      await audited.query(
        'ALTER TABLE notes NO FORCE ROW LEVEL SECURITY; CREATE RULE quiet AS ON DELETE TO notes DO INSTEAD NOTHING',
      );
      return isolationInvariants(audited.query);
    });
    expect(sentences).toEqual([
      'A06: notes has ENABLE without FORCE ROW LEVEL SECURITY. Views and SECURITY DEFINER functions of the owner would ' +
        'show the rows of all tenants. To mend it: ALTER TABLE notes FORCE ROW LEVEL SECURITY',
    ]);
  });

  it('takes the tables it must find as a parameter', async () => {
    const bare = await createTestDatabase();
    const tables = declaredTenantTables().filter((name) => !TEST_TABLES.includes(name));
    const there = new Client({ connectionString: bare.migratorUrl });
    await there.connect();
    const ask = (text: string, values?: unknown[]) => there.query<Record<string, unknown>>(text, values);
    try {
      expect(await isolationInvariants(ask, { tables })).toEqual([]);
      const blocking = (await auditIsolation(ask)).filter(isBlockingFinding);
      expect(blocking.map(({ rule, object }) => [rule, object])).toEqual([
        ['A26', 'comments'],
        ['A26', 'notes'],
      ]);
    } finally {
      await there.end();
      await bare.drop();
    }
  });

  it('asks the catalogue in one round trip', async () => {
    let questions = 0;
    await auditIsolation((text, values) => {
      questions++;
      return audited.query(text, values);
    });
    expect(questions).toBe(1);
  });

  it('says of a login that is none what to do, and judges a superuser by the walls of rowhouse_app', async () => {
    const nobody = await audited.findingsAfter('SELECT 1', { login: 'nobody' });
    expect(nobody.map(({ message }) => message)).toEqual(['nobody does not exist']);
    const superuser = await audited.findingsAfter('CREATE ROLE mighty SUPERUSER', { login: 'mighty' });
    expect(superuser.map(({ rule }) => rule)).toEqual(['A02']);
  });

  it('finds nothing new in a database that no step has run in', async () => {
    const empty = await createEmptyDatabase();
    const there = new Client({ connectionString: empty.appUrl });
    await there.connect();
    try {
      const ask = (text: string, values?: unknown[]) => there.query<Record<string, unknown>>(text, values);
      const findings = await auditIsolation(ask, { tables: [], serverVersion: 180_099 });
      expect(findings.map(({ rule }) => rule)).toEqual(['A31']);
    } finally {
      await there.end();
      await empty.drop();
    }
  });
});
