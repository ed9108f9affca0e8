import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { exemptionOf, metadataGuardBody } from '../../src/database/index.js';
import { FOLDING, FORBIDDEN_WORDS } from '../../src/database/metadata/forbidden-words.js';
import { createMetadataGuard } from '../../src/database/metadata/metadata-guard.js';
import { isCleanMetadata } from '../../src/database/metadata/inspect-metadata.js';
import { migrationsFolder, withClient } from '../../src/migrations/index.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { schema } from '../../src/schema.js';

describe('metadata_is_clean()', () => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom();
  });
  afterAll(() => room.close());

  /** The database's answer to each of these JSON texts. */
  async function areClean(texts: string[]): Promise<boolean[]> {
    const { rows } = await room.database.query<{ clean: boolean }>(
      'SELECT metadata_is_clean(json::jsonb) AS clean FROM unnest($1::text[]) WITH ORDINALITY AS t (json, at) ORDER BY at',
      [texts],
    );
    return rows.map(({ clean }) => clean);
  }
  /** Inserts a note as this login, past our own code. */
  const insertAs = (url: string, json: string) =>
    withClient({ connectionString: url }, async (client) => {
      await client.query(`BEGIN; SET LOCAL app.tenant_id = '${room.acme}'`);
      await client.query(
        `INSERT INTO notes (tenant_id, id, title, metadata) VALUES ($1, gen_random_uuid(), 'raw', $2)`,
        [room.acme, json],
      );
      await client.query('ROLLBACK');
    });

  it('is the function that the code describes', async () => {
    const { rows } = await room.database.query(
      `SELECT prosrc, provolatile, proparallel, proisstrict, prosecdef, proconfig, proowner::regrole::text AS owner
         FROM pg_proc WHERE oid = 'metadata_is_clean(jsonb)'::regprocedure`,
    );
    expect(rows).toEqual([
      {
        prosrc: metadataGuardBody,
        provolatile: 'i',
        proparallel: 's',
        proisstrict: true,
        prosecdef: false,
        proconfig: ['search_path=pg_catalog'],
        owner: 'rowhouse_owner',
      },
    ]);
  });

  it('is made by a step, with the statements that the code has for it', async () => {
    const folder = migrationsFolder();
    const steps = readdirSync(folder).filter((name) => name.endsWith('.sql'));
    const texts = steps.map((name) => readFileSync(join(folder, name), 'utf8'));
    // What is listed here belongs into a new step.
    const missing = createMetadataGuard.filter(
      (statement) => !texts.some((text) => text.includes(`${statement};`)),
    );
    expect(missing).toEqual([]);
  });

  it('knows each forbidden word', async () => {
    const answers = await areClean(FORBIDDEN_WORDS.map((word) => JSON.stringify({ a: [{ [word]: 1 }] })));
    expect(answers.filter(Boolean)).toEqual([]);
  });

  it('agrees with the code about any JSON', async () => {
    const word = fc.constantFrom(...FORBIDDEN_WORDS, '__proto__');
    const marks = fc.array(fc.constantFrom(...FOLDING.from), { maxLength: 2 }).map((all) => all.join(''));
    const near = fc.tuple(word, marks, fc.nat(12), fc.boolean()).map(([text, mark, at, isUpper]) => {
      const spelled = text.slice(0, at) + mark + text.slice(at);
      return isUpper ? spelled.toUpperCase() : spelled;
    });
    // NUL and lone surrogates, which jsonb refuses by itself, are not among these.
    const text = fc.string({ unit: 'grapheme' }).map((any) => any.replaceAll('\0', ''));
    const key = fc.oneof({ arbitrary: text, weight: 6 }, word, near);
    const leaf = fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small', maxDepth: 12 }, leaf, tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    }));
    const deepened = fc.tuple(value, fc.nat(11)).map(([inner, levels]) => {
      let result: unknown = inner;
      for (let level = 0; level < levels; level++) result = level % 3 === 2 ? [result] : { in: result };
      return result;
    });
    const sized = fc
      .tuple(value, fc.integer({ min: 16_300, max: 16_384 }))
      .map(([inner, length]) => ({ inner, pad: 'é'.repeat(8) + 'x'.repeat(length) }));
    const batch = fc.array(fc.oneof({ arbitrary: value, weight: 4 }, deepened, sized), {
      minLength: 300,
      maxLength: 300,
      size: 'max',
    });
    let seen = { clean: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(batch, async (values) => {
        const parsed = values.map((any) => JSON.parse(JSON.stringify(any)) as unknown);
        const ours = parsed.map(isCleanMetadata);
        for (const clean of ours)
          seen = { ...seen, ...(clean ? { clean: seen.clean + 1 } : { refused: seen.refused + 1 }) };
        const theirs = await areClean(values.map((any) => JSON.stringify(any)));
        const differing = parsed.filter((_, at) => ours[at] !== theirs[at]);
        expect(differing.map((any) => JSON.stringify(any))).toEqual([]);
      }),
      { numRuns: 10 },
    );
    expect(seen.clean).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
  });

  it('counts bytes as the code does, also of numbers with exponents', async () => {
    const numbers = [1e21, -1.5e300, 1e-7, -1.25e-10, 5e-324, 0, -0, 123.456, 1.7976931348623157e308];
    const pad = (value: unknown, length: number) => JSON.stringify({ value, pad: 'x'.repeat(length) });
    for (const number of numbers) {
      // The longest padding that each side takes.
      const longest = async (isClean: (text: string) => Promise<boolean>) => {
        let [low, high] = [0, 16_384];
        while (low < high) {
          const middle = Math.ceil((low + high) / 2);
          if (await isClean(pad(number, middle))) low = middle;
          else high = middle - 1;
        }
        return low;
      };
      const ours = await longest(async (text) => isCleanMetadata(JSON.parse(text)));
      expect(await areClean([pad(number, ours), pad(number, ours + 1)])).toEqual([true, false]);
    }
  });

  it('has the last word of a key that is given twice, as jsonb has', async () => {
    expect(await areClean(['{"a": {"price": 1}, "a": {}}', '{"a": {}, "a": {"price": 1}}'])).toEqual([
      true,
      false,
    ]);
  });

  it('refuses raw SQL of the service', async () => {
    await insertAs(room.database.tenantUrl, '{"tags": ["a"], "source": {"id": 7, "": 1}}');
    for (const json of [
      '{"a": [{"Unit Price": 1}]}',
      '[]',
      '"x"',
      '{"\\u005f_proto__": 1}',
      `{"a": "${'x'.repeat(16_384)}"}`,
    ])
      await expect(insertAs(room.database.tenantUrl, json)).rejects.toMatchObject({
        code: '23514',
        constraint: 'notes_metadata_clean',
      });
  });

  it('refuses 10,000 levels, and the server lives on', async () => {
    const deep = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000);
    await expect(insertAs(room.database.tenantUrl, deep)).rejects.toMatchObject({ code: '23514' });
    const endless = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
    await expect(insertAs(room.database.tenantUrl, endless)).rejects.toMatchObject({ code: '54001' });
    expect(await areClean(['{}'])).toEqual([true]);
  });

  it('lets both logins write where they may, and nobody else call it', async () => {
    await room.database.query(
      `CREATE TABLE plans (id int, metadata jsonb NOT NULL DEFAULT '{}', CHECK (metadata_is_clean(metadata)));
       GRANT INSERT ON plans TO rowhouse_control, rowhouse_app`,
    );
    for (const url of [room.database.controlUrl, room.database.tenantUrl])
      await withClient({ connectionString: url }, async (client) => {
        await client.query(`INSERT INTO plans VALUES (1, '{"a": 1}')`);
        await expect(client.query(`INSERT INTO plans VALUES (1, '{"rate": 1}')`)).rejects.toMatchObject({
          code: '23514',
        });
      });
    const { rows } = await room.database.query(
      `SELECT has_function_privilege('public', 'metadata_is_clean(jsonb)', 'EXECUTE') AS open`,
    );
    expect(rows).toEqual([{ open: false }]);
  });

  it('is missing from a jsonb column only where schema and database give the same reason', async () => {
    const tables = Object.values<unknown>(schema).filter((value) => is(value, PgTable));
    const declared = tables.flatMap((table) =>
      Object.values(getTableColumns(table))
        .filter((column) => column.getSQLType() === 'jsonb' && column.name !== 'metadata')
        .map((column) => ({
          at: `${getTableName(table)}.${column.name}`,
          comment: `jsonb exempt: ${exemptionOf(column)}`,
        })),
    );
    const { rows } = await room.database.query(
      `SELECT c.table_name || '.' || c.column_name AS at, col_description(c.table_name::regclass, c.ordinal_position) AS comment
         FROM information_schema.columns c WHERE table_schema = 'public' AND data_type = 'jsonb' AND column_name <> 'metadata'`,
    );
    const byName = (a: { at?: unknown }, b: { at?: unknown }) => (String(a.at) < String(b.at) ? -1 : 1);
    expect(rows.sort(byName)).toEqual(declared.sort(byName));
  });
});
