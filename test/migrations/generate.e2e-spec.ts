import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, text, uuid } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../src/database/index.js';
import { users } from '../../src/identity/users/users.schema.js';
import { generateSteps, schemaDrift, withClient } from '../../src/migrations/index.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { copyOfMigrations } from '../support/migrations-copy.js';
import { schema } from '../../src/schema.js';

describe('generateSteps', () => {
  let folder: Awaited<ReturnType<typeof copyOfMigrations>>;
  beforeEach(async () => {
    folder = await copyOfMigrations();
  });
  afterEach(() => folder.remove());

  const generate = (more: Record<string, unknown>, options = {}) =>
    generateSteps(folder.path, { ...schema, ...more }, options);
  const read = (file: string) => readFile(join(folder.path, file), 'utf8');

  it('finds nothing to do where the schema says what the steps say', async () => {
    expect(await schemaDrift(folder.path, schema)).toEqual([]);
    expect(await generate({})).toEqual([]);
  });

  it('writes the step, the way back, the snapshot, the journal and the sums', async () => {
    const memos = tenantTable('memos', { title: text('title').notNull() });
    const steps = await generate({ memos }, { name: 'add_memos' });
    expect(steps).toEqual([
      {
        tag: `${folder.number(1)}_add_memos`,
        files: [
          `${folder.number(1)}_add_memos.sql`,
          `${folder.number(1)}_add_memos.down.sql`,
          join('meta', `${folder.number(1)}_snapshot.json`),
        ],
      },
    ]);
    const up = await read(`${folder.number(1)}_add_memos.sql`);
    expect(up).toContain('CREATE TABLE "memos"');
    for (const part of ['ENABLE ROW', 'FORCE ROW', '"memos_floor"', '"memos_tenant"', 'GRANT SELECT'])
      expect(up).toContain(part);
    expect(await read(`${folder.number(1)}_add_memos.down.sql`)).toContain('DROP TABLE "memos"');
    expect(await read('meta/_sum')).toMatch(/_add_memos\.sql\n[0-9a-f]{64} \d{4}_add_memos\.down\.sql\n$/);
    const { entries } = JSON.parse(await read('meta/_journal.json')) as { entries: { when: number }[] };
    expect(entries).toHaveLength(folder.steps + 1);
    expect(entries.at(-1)!.when).toBeGreaterThan(entries.at(-2)!.when);
    expect(await schemaDrift(folder.path, { ...schema, memos })).toEqual([]);
  });

  it('names a step after what it changes', async () => {
    const memos = tenantTable('memos', { title: text('title') });
    expect((await generate({ memos }))[0]?.tag).toBe(`${folder.number(1)}_create_memos`);
  });

  it('puts a step after the newest, also where that was made a moment ahead of now', async () => {
    const journal = JSON.parse(await read('meta/_journal.json')) as { entries: { when: number }[] };
    const ahead = Date.now() + 60_000;
    journal.entries.at(-1)!.when = ahead;
    await writeFile(join(folder.path, 'meta/_journal.json'), JSON.stringify(journal));
    await generate({ memos: tenantTable('memos', {}) });
    const { entries } = JSON.parse(await read('meta/_journal.json')) as typeof journal;
    expect(entries.at(-1)!.when).toBe(ahead + 1);
  });

  it('makes an empty step for hand-written SQL, whose snapshot is the one before', async () => {
    const [step] = await generateSteps(folder.path, {}, { isCustom: true, name: 'backfill' });
    expect(step?.files).toEqual([
      `${folder.number(1)}_backfill.sql`,
      join('meta', `${folder.number(1)}_snapshot.json`),
    ]);
    const [before, after] = await Promise.all(
      [0, 1]
        .map(folder.number)
        .map(async (n) => JSON.parse(await read(`meta/${n}_snapshot.json`)) as { id: string }),
    );
    expect(after).toEqual({ ...before, id: expect.any(String), prevId: before!.id });
    expect(await schemaDrift(folder.path, schema)).toEqual([]);
  });

  describe('writes what locks little', () => {
    const memos = tenantTable('memos', { title: text('title'), author: uuid('author') });
    const memosLater = tenantTable('memos', { title: text('title'), author: uuid('author') }, (t) => [
      index('memos_title').on(t.tenantId, t.title),
      check('memos_title_length', sql`length(${t.title}) < 100`),
      foreignKey({ name: 'memos_author_fkey', columns: [t.author], foreignColumns: [users.id] }),
    ]);

    it('for a table that is there: NOT VALID, its validation, and concurrent indexes, each in a step', async () => {
      await generate({ memos });
      const steps = await generate({ memos: memosLater }, { name: 'tighten' });
      expect(steps.map(({ tag }) => tag)).toEqual([
        `${folder.number(2)}_tighten`,
        `${folder.number(3)}_tighten_validate`,
        `${folder.number(4)}_tighten_indexes`,
      ]);
      const main = await read(`${folder.number(2)}_tighten.sql`);
      expect(main).toMatch(/FOREIGN KEY \("author"\).* NOT VALID;/);
      expect(main).toMatch(/CHECK \(.*\) NOT VALID;/);
      expect(main).not.toContain('INDEX');
      const validate = await read(`${folder.number(3)}_tighten_validate.sql`);
      expect(validate).toContain('ALTER TABLE "memos" VALIDATE CONSTRAINT "memos_author_fkey";');
      expect(validate).toContain('ALTER TABLE "memos" VALIDATE CONSTRAINT "memos_title_length";');
      expect(await read(`${folder.number(4)}_tighten_indexes.sql`)).toMatch(
        /^-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY "memos_title"/,
      );
      expect(await read(`${folder.number(4)}_tighten_indexes.down.sql`)).toContain(
        'DROP INDEX CONCURRENTLY IF EXISTS "memos_title"',
      );
      expect(await schemaDrift(folder.path, { ...schema, memos: memosLater })).toEqual([]);
    });

    it('for a new table: all in one step, since nobody uses it', async () => {
      const steps = await generate({ memos: memosLater });
      expect(steps).toHaveLength(1);
      expect(await read(steps[0]!.files[0]!)).not.toMatch(/CONCURRENTLY|NOT VALID/);
    });
  });

  describe('on a database', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await createTestDatabase();
    });
    afterAll(() => database.drop());

    const run = async (file: string) =>
      withClient({ connectionString: database.migratorUrl }, async (client) => {
        await client.query('SET ROLE rowhouse_owner');
        for (const statement of (await read(file)).split('--> statement-breakpoint'))
          await client.query(statement);
      });
    const shape = async () =>
      (
        await database.query(`
          SELECT c.table_name, c.column_name, c.data_type, c.is_nullable, p.privilege_type FROM information_schema.columns c
            LEFT JOIN information_schema.column_privileges p
              ON (p.table_name, p.column_name, p.grantee, p.privilege_type) = (c.table_name, c.column_name, 'rowhouse_app', 'UPDATE')
           WHERE c.table_schema = 'public' ORDER BY 1, 2`)
      ).rows;

    it('goes there, back, and there again', async () => {
      const first = tenantTable('memos', { title: text('title'), old: text('old') });
      const second = tenantTable('memos', { heading: text('heading'), author: uuid('author') }, (t) => [
        index('memos_heading').on(t.tenantId, t.heading),
        foreignKey({ name: 'memos_author_fkey', columns: [t.author], foreignColumns: [users.id] }),
      ]);
      const steps = [
        ...(await generate({ memos: first })),
        ...(await generate({ memos: second }, { renames: ['memos.title:heading'], isRestNew: true })),
      ];
      const shapes = [await shape()];
      for (const { tag } of steps) {
        await run(`${tag}.sql`);
        shapes.push(await shape());
      }
      for (const { tag } of steps.toReversed()) {
        expect(await shape()).toEqual(shapes.pop());
        await run(`${tag}.down.sql`);
      }
      expect(await shape()).toEqual(shapes.pop());
      for (const { tag } of steps) await run(`${tag}.sql`);
    });
  });
});
