import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { effectOfTypeChange, keepsAllValues } from '../../../src/migrations/lint/facts/type-changes.js';
import { testMajors } from '../../support/server-of-major.js';
import { measure } from './measure.js';
import { scratchDatabase } from './scratch.js';

const types = {
  text: "'1'",
  varchar: "'1'",
  'varchar(20)': "'1'",
  'varchar(30)': "'1'",
  'char(3)': "'1'",
  'char(5)': "'1'",
  smallint: '1',
  integer: '1',
  bigint: '1',
  numeric: '1.25',
  'numeric(10, 2)': '1.25',
  'numeric(12, 2)': '1.25',
  'numeric(12, 4)': '1.25',
  real: '1',
  'double precision': '1',
  date: "'2026-01-01'",
  timestamp: "'2026-01-01'",
  'timestamp(3)': "'2026-01-01'",
  'timestamp(6)': "'2026-01-01'",
  'timestamp with time zone': "'2026-01-01'",
  'timestamp(3) with time zone': "'2026-01-01'",
  cidr: "'10.0.0.0/8'",
  inet: "'10.0.0.0/8'",
  json: "'1'",
  jsonb: "'1'",
  'bit(3)': "B'101'",
  'bit varying(3)': "B'101'",
  'bit varying(5)': "B'101'",
  boolean: 'true',
  uuid: "'00000000-0000-0000-0000-000000000001'",
  'varchar(20)[]': "'{1}'",
  'varchar(30)[]': "'{1}'",
  'text[]': "'{1}'",
};
const names = Object.keys(types) as (keyof typeof types)[];
const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => ({ from, to })));

describe.each(testMajors())('changes of type, measured on PostgreSQL %i', (major) => {
  let database: Awaited<ReturnType<typeof scratchDatabase>>;
  let client: pg.Client;
  const columns = names.map((name, n) => `c${n} ${name}`);
  const schema = `CREATE TABLE t (${columns.join(', ')}); INSERT INTO t VALUES (${Object.values(types).join(', ')})`;

  beforeAll(async () => {
    database = await scratchDatabase(major, schema);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const change = ({ from, to }: { from: string; to: string }) =>
    measure(client, `ALTER TABLE t ALTER c${names.indexOf(from as never)} TYPE ${to}`, ['t']).catch(
      (error: { code?: string }) => {
        // No such cast without USING, and a cast of one's own rewrites.
        if (error.code === '42804' || error.code === '42846') return undefined;
        // A value that does not fit is only met by reading every row.
        if (error.code?.startsWith('22')) return { rewrites: true, scans: true };
        throw error;
      },
    );

  it.each(['UTC', 'Europe/Berlin'])(
    'rewrites the rows exactly where the linter says so, in %s',
    async (zone) => {
      await client.query(`SET TimeZone = '${zone}'`);
      const wrong: unknown[] = [];
      let measured = 0;
      for (const pair of pairs) {
        const result = await change(pair);
        if (!result) continue;
        measured += 1;
        const effect = effectOfTypeChange(pair.from, pair.to);
        const expected = effect === 'rewrite' || (effect === 'nothing in UTC' && zone !== 'UTC');
        if (expected !== (result.rewrites ?? false) || expected !== (result.scans ?? false))
          wrong.push({ ...pair, effect, ...result });
      }
      expect(wrong).toEqual([]);
      expect(measured).toBeGreaterThan(300);
    },
  );

  it('leaves indexes of a text column as they are when its length goes', async () => {
    await client.query(`CREATE INDEX i ON t (c${names.indexOf('varchar(20)')})`);
    const file = `SELECT pg_relation_filenode('i') AS file`;
    const before = (await client.query<{ file: number }>(file)).rows;
    await client.query('BEGIN');
    await client.query(`ALTER TABLE t ALTER c${names.indexOf('varchar(20)')} TYPE text`);
    expect((await client.query(file)).rows).toEqual(before);
    await client.query('ROLLBACK');
  });

  it('calls no change lossless that refuses or alters a value at the edge', async () => {
    const edges: [string, string][] = [
      ['bigint', '9223372036854775807'],
      ['integer', '2147483647'],
      ['numeric(12, 4)', '12345678.1234'],
      ['numeric(10, 2)', '12345678.25'],
      ['varchar(30)', "repeat('x', 30)"],
      ['text', "repeat('x', 40)"],
      ['double precision', '1e300'],
      ['timestamp with time zone', "'2026-01-01 01:02:03.123456+00'"],
      ['timestamp', "'2026-01-01 01:02:03.123456'"],
      ['timestamp(3)', "'2026-01-01 01:02:03.123'"],
      ['date', "'2026-01-31'"],
    ];
    await client.query(`SET TimeZone = 'UTC'`);
    const wrong: unknown[] = [];
    for (const [from, value] of edges) {
      for (const to of names.filter((name) => keepsAllValues(from, name))) {
        const back = `SELECT ((${value})::${from}::${to})::${from} = (${value})::${from} AS same`;
        const same = await client.query<{ same: boolean }>(back).then(
          ({ rows }) => rows[0]?.same,
          (error: Error) => error.message,
        );
        if (same !== true) wrong.push({ from, to, same });
      }
    }
    expect(wrong).toEqual([]);
  });
});
