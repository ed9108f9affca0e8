import { describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { boolean, integer, jsonb, numeric, pgTable, text } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { timestamptz, toRfc3339 } from './columns.js';
import { flatMapper } from './flat-row-session.js';

const table = pgTable('t', {
  name: text('name'),
  rank: integer('rank'),
  price: numeric('price'),
  at: timestamptz('at'),
  isDone: boolean('is_done'),
  tags: text('tags').array(),
  data: jsonb('data'),
});
const fields = (names: (keyof typeof table.$inferSelect)[]) =>
  names.map((name) => ({ path: [name], field: table[name] }));

describe('the mapping of flat rows', () => {
  it('gives each column its decoder, and null stays null', () => {
    const map = flatMapper(fields(['name', 'at', 'rank', 'isDone', 'data']))!;
    expect(
      map([
        ['a', '2026-11-21 09:30:00.12+00', 7, false, { b: 1 }],
        [null, null, null, null, null],
      ]),
    ).toEqual([
      { name: 'a', at: '2026-11-21T09:30:00.120Z', rank: 7, isDone: false, data: { b: 1 } },
      { name: null, at: null, rank: null, isDone: null, data: null },
    ]);
  });

  it('gives an expression its decoder, or none', () => {
    const map = flatMapper([
      { path: ['plain'], field: sql`1` },
      { path: ['doubled'], field: sql`2`.mapWith((value: number) => value * 2) },
    ])!;
    expect(map([['x', 2]])).toEqual([{ plain: 'x', doubled: 4 }]);
  });

  it('leaves nested and aliased fields to Drizzle', () => {
    expect(flatMapper([{ path: ['a', 'b'], field: table.name }])).toBeUndefined();
    expect(flatMapper([{ path: ['a'], field: sql`1`.as('a') }])).toBeUndefined();
  });
});

describe('a timestamp', () => {
  it('is the RFC 3339 text of the same instant, in every form that PostgreSQL writes', () => {
    const valid = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(valid, (date) => {
        const iso = date.toISOString();
        // PostgreSQL drops the zeros at the end of a fraction, and the fraction where none is left.
        const [written] = /^.{19}(\.\d*[1-9])?/.exec(iso.replace('T', ' ')) ?? [];
        expect(toRfc3339(`${written}+00`)).toBe(iso);
      }),
    );
  });

  it('is understood in other time zones too', () => {
    expect(toRfc3339('2026-11-21 11:30:00.5+02')).toBe('2026-11-21T09:30:00.500Z');
    expect(toRfc3339('2026-11-21 15:00:00+05:30')).toBe('2026-11-21T09:30:00.000Z');
  });
});
