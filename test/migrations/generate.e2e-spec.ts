import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { databaseSchema, tenantTable } from '../../src/database/index.js';
import * as apiKeysSchema from '../../src/identity/api-keys/api-keys.schema.js';
import * as invitationsSchema from '../../src/identity/invitations/invitations.schema.js';
import * as membershipsSchema from '../../src/identity/members/memberships.schema.js';
import * as organizationsSchema from '../../src/identity/organizations/external-organizations.schema.js';
import * as usersSchema from '../../src/identity/users/users.schema.js';
import * as mailSchema from '../../src/mail/mail-outbox.schema.js';
import { generateSteps, schemaDrift, withClient } from '../../src/migrations/index.js';
import * as auditLogSchema from '../../src/tenancy/audit-log/audit-log.schema.js';
import * as domainsSchema from '../../src/tenancy/domains/tenant-domains.schema.js';
import * as featuresSchema from '../../src/tenancy/features/tenant-features.schema.js';
import * as idempotencySchema from '../../src/tenancy/idempotency/idempotency-keys.schema.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { copyOfMigrations } from '../support/migrations-copy.js';

const schema = {
  ...databaseSchema,
  ...apiKeysSchema,
  ...invitationsSchema,
  ...membershipsSchema,
  ...organizationsSchema,
  ...usersSchema,
  ...mailSchema,
  ...auditLogSchema,
  ...domainsSchema,
  ...featuresSchema,
  ...idempotencySchema,
};

describe('generateSteps', () => {
  let folder: Awaited<ReturnType<typeof copyOfMigrations>>;
  beforeEach(async () => {
    folder = await copyOfMigrations();
  });
  afterEach(() => folder.remove());

  const generate = (more: Record<string, unknown>, options = {}) =>
    generateSteps(folder.path, { ...schema, ...more }, options);
  const read = (file: string) => readFile(join(folder.path, file), 'utf8');
  const snapshotOfFolder = async () => {
    const names = (await readdir(folder.path, { recursive: true })).toSorted();
    return Promise.all(names.map(async (name) => [name, await read(name).catch(() => '')]));
  };

  it('finds nothing to do where the schema says what the steps say', async () => {
    expect(await schemaDrift(folder.path, schema)).toEqual([]);
    expect(await generate({})).toEqual([]);
  });

  it('writes the step, the way back, the snapshot, the journal and the sums', async () => {
    const memos = tenantTable('memos', { title: text('title').notNull() });
    const steps = await generate({ memos }, { name: 'add_memos' });
    expect(steps).toEqual([
      {
        tag: '0002_add_memos',
        files: ['0002_add_memos.sql', '0002_add_memos.down.sql', join('meta', '0002_snapshot.json')],
      },
    ]);
    const up = await read('0002_add_memos.sql');
    expect(up).toContain('CREATE TABLE "memos"');
    for (const part of ['ENABLE ROW', 'FORCE ROW', '"memos_floor"', '"memos_tenant"', 'GRANT SELECT'])
      expect(up).toContain(part);
    expect(await read('0002_add_memos.down.sql')).toContain('DROP TABLE "memos"');
    expect(await read('meta/_sum')).toMatch(/0002_add_memos\.sql\n[0-9a-f]{64} 0002_add_memos\.down\.sql\n$/);
    const { entries } = JSON.parse(await read('meta/_journal.json')) as { entries: { when: number }[] };
    expect(entries).toHaveLength(3);
    expect(entries[2]!.when).toBeGreaterThan(entries[1]!.when);
    expect(await schemaDrift(folder.path, { ...schema, memos })).toEqual([]);
  });

  it('names a step after what it changes', async () => {
    const memos = tenantTable('memos', { title: text('title') });
    expect((await generate({ memos }))[0]?.tag).toBe('0002_create_memos');
  });

  it('puts a step after the newest, also where that was made a moment ahead of now', async () => {
    const journal = JSON.parse(await read('meta/_journal.json')) as { entries: { when: number }[] };
    const ahead = Date.now() + 60_000;
    journal.entries[1]!.when = ahead;
    await writeFile(join(folder.path, 'meta/_journal.json'), JSON.stringify(journal));
    await generate({ memos: tenantTable('memos', {}) });
    const { entries } = JSON.parse(await read('meta/_journal.json')) as typeof journal;
    expect(entries[2]!.when).toBe(ahead + 1);
  });

  it('makes an empty step for hand-written SQL, whose snapshot is the one before', async () => {
    const [step] = await generateSteps(folder.path, {}, { isCustom: true, name: 'backfill' });
    expect(step?.files).toEqual(['0002_backfill.sql', join('meta', '0002_snapshot.json')]);
    const [before, after] = await Promise.all(
      ['0001', '0002'].map(async (n) => JSON.parse(await read(`meta/${n}_snapshot.json`)) as { id: string }),
    );
    expect(after).toEqual({ ...before, id: expect.any(String), prevId: before!.id });
    expect(await schemaDrift(folder.path, schema)).toEqual([]);
  });

  describe('writes what locks little', () => {
    const { users } = usersSchema;
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
        '0003_tighten',
        '0004_tighten_validate',
        '0005_tighten_indexes',
      ]);
      const main = await read('0003_tighten.sql');
      expect(main).toMatch(/FOREIGN KEY \("author"\).* NOT VALID;/);
      expect(main).toMatch(/CHECK \(.*\) NOT VALID;/);
      expect(main).not.toContain('INDEX');
      const validate = await read('0004_tighten_validate.sql');
      expect(validate).toContain('ALTER TABLE "memos" VALIDATE CONSTRAINT "memos_author_fkey";');
      expect(validate).toContain('ALTER TABLE "memos" VALIDATE CONSTRAINT "memos_title_length";');
      expect(await read('0005_tighten_indexes.sql')).toMatch(
        /^-- rowhouse:no-transaction\nCREATE INDEX CONCURRENTLY "memos_title"/,
      );
      expect(await read('0005_tighten_indexes.down.sql')).toContain(
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

  describe('a rename', () => {
    const before = tenantTable('memos', { title: text('title'), body: text('body') });
    const after = tenantTable('memos', { heading: text('heading'), body: text('body') });
    const moved = tenantTable('minutes', { title: text('title'), body: text('body') });
    beforeEach(() => generate({ memos: before }));

    it('is an error where nobody can be asked, and nothing is written', async () => {
      const files = await snapshotOfFolder();
      await expect(generate({ memos: after })).rejects.toMatchObject({
        exitCode: 2,
        message: 'Renamed, or dropped and created? column memos.title:heading',
        details: { remedy: expect.stringContaining('--rename memos.title:heading') },
      });
      expect(await snapshotOfFolder()).toEqual(files);
    });

    it('of a column keeps its rows, both ways', async () => {
      const [step] = await generate({ memos: after }, { renames: ['memos.title:heading'] });
      expect(await read(step!.files[0]!)).toBe('ALTER TABLE "memos" RENAME COLUMN "title" TO "heading";\n');
      const down = await read(step!.files[1]!);
      expect(down).toContain('\nALTER TABLE "memos" RENAME COLUMN "heading" TO "title";\n');
      expect(down).not.toContain('DROP');
    });

    it('of a table is one too, whoever answers', async () => {
      const asked: string[] = [];
      const [step] = await generate(
        { minutes: moved },
        {
          ask: (name: string, candidates: unknown[]) => {
            asked.push(name);
            return Promise.resolve(candidates[0]);
          },
        },
      );
      expect(asked).toEqual(['table minutes']);
      expect(await read(step!.files[0]!)).toMatch(/^ALTER TABLE "memos" RENAME TO "minutes";\n/);
      expect(await read(step!.files[0]!)).not.toContain('DROP TABLE');
    });

    it('that is none drops and creates', async () => {
      const [step] = await generate({ memos: after }, { isRestNew: true });
      const up = await read(step!.files[0]!);
      expect(up).toContain('ADD COLUMN "heading"');
      expect(up).toContain('DROP COLUMN "title"');
      expect(up).toContain('GRANT UPDATE ("heading")');
      expect(await read(step!.files[1]!)).toContain('GRANT UPDATE ("title")');
    });

    it('that fits nothing is refused, with what would fit', async () => {
      await expect(generate({ memos: after }, { renames: ['memos.titel:heading'] })).rejects.toMatchObject({
        exitCode: 2,
        details: { hint: expect.stringContaining('memos.title:heading') },
      });
    });

    it('of other kinds is not guessed', async () => {
      const one = { colour: pgEnum('colour', ['red']) };
      await generate({ memos: before, ...one });
      await expect(generate({ memos: before, hue: pgEnum('hue', ['red']) })).rejects.toMatchObject({
        message: 'Renamed, or dropped and created? enum colour:hue',
      });
    });

    it('shows as drift, and never as a question', async () => {
      const statements = await schemaDrift(folder.path, { ...schema, memos: after });
      expect(statements.join()).toMatch(/ADD COLUMN "heading".*DROP COLUMN "title"/s);
    });
  });

  describe('refuses a folder that is not sound, and writes nothing', () => {
    const memos = tenantTable('memos', {});
    const faults: [string, () => Promise<void>, string][] = [
      [
        'a snapshot that is not JSON',
        () => writeFile(join(folder.path, 'meta/0001_snapshot.json'), '<<<<<<< HEAD'),
        'meta/0001_snapshot.json cannot be read',
      ],
      ['a missing snapshot', () => rm(join(folder.path, 'meta/0001_snapshot.json')), 'is missing'],
      [
        'a journal that is not JSON',
        () => writeFile(join(folder.path, 'meta/_journal.json'), '{'),
        'is not JSON',
      ],
      ['a missing step', () => rm(join(folder.path, '0000_tenants_and_identity.sql')), 'is missing'],
      [
        'an orphan',
        () => writeFile(join(folder.path, '0002_memos.sql'), ''),
        '0002_memos.sql is not in the journal',
      ],
      [
        'two steps from one snapshot',
        async () => {
          const snapshot = JSON.parse(await read('meta/0001_snapshot.json')) as object;
          await writeFile(
            join(folder.path, 'meta/0002_snapshot.json'),
            JSON.stringify({ ...snapshot, id: '11111111-1111-1111-1111-111111111111' }),
          );
        },
        'both follow the same snapshot',
      ],
      [
        'a step merged and edited afterwards',
        async () => {
          await generate({});
          await writeFile(join(folder.path, '0000_tenants_and_identity.sql'), 'SELECT 1;');
        },
        '0000_tenants_and_identity.sql was changed after it had been merged',
      ],
      [
        'a "when" far ahead',
        async () => {
          const journal = JSON.parse(await read('meta/_journal.json')) as { entries: { when: number }[] };
          journal.entries[1]!.when = Date.now() + 2 * 86_400_000;
          await writeFile(join(folder.path, 'meta/_journal.json'), JSON.stringify(journal));
        },
        'more than a day ahead',
      ],
    ];
    it.each(faults)('%s', async (_, breakIt, message) => {
      await breakIt();
      const files = await snapshotOfFolder();
      await expect(generate({ memos })).rejects.toMatchObject({
        exitCode: 4,
        message: expect.stringContaining(message),
      });
      expect(await snapshotOfFolder()).toEqual(files);
    });

    it('a name that is no name', async () => {
      await expect(generate({ memos }, { name: '../memos' })).rejects.toMatchObject({ exitCode: 2 });
    });

    it('two indexes of one name, where drizzle-kit would end the process', async () => {
      const twice = pgTable('memos', { a: text('a'), b: text('b') }, (t) => [
        uniqueIndex('same').on(t.a),
        uniqueIndex('same').on(t.b),
      ]);
      await expect(generate({ twice })).rejects.toMatchObject({
        exitCode: 2,
        message: expect.stringContaining('same'),
      });
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
      const { users } = usersSchema;
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
