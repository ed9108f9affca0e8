import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type LockFact, lockFacts } from '../../../src/migrations/lint/facts/lock-facts.js';
import { testMajors } from '../../support/server-of-major.js';
import { lockScene } from './lock-scene.js';
import { measure, measureAlone } from './measure.js';
import { scratchDatabase } from './scratch.js';

const tables = ['child', 'parent'];
const facts = Object.entries<LockFact>(lockFacts);

describe.each(testMajors())('the lock facts, measured on PostgreSQL %i', (major) => {
  const known = facts.filter(([, { since = 0 }]) => since <= major);
  let database: Awaited<ReturnType<typeof scratchDatabase>>;
  let client: pg.Client;

  beforeAll(async () => {
    database = await scratchDatabase(major, lockScene);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each(known.filter(([, { alone }]) => !alone))('%s', async (_, { statement, ...fact }) => {
    const { since, ...expected } = fact;
    expect(await measure(client, statement, tables)).toEqual(expected);
    expect(since ?? major).toBeLessThanOrEqual(major);
  });

  it.each(known.filter(([, { alone }]) => alone))('%s, which no transaction takes', async (_, fact) => {
    const own = await scratchDatabase(major, lockScene);
    try {
      await expect(measure(client, fact.statement, tables)).rejects.toMatchObject({ code: '25001' });
      const measured = await measureAlone(own.url, fact.statement, tables);
      expect(measured).toEqual({
        locks: fact.locks,
        ...(fact.rewrites ? { rewrites: true } : {}),
      });
    } finally {
      await own.drop();
    }
  });
});
