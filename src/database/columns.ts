import { sql } from 'drizzle-orm';
import { customType, uuid } from 'drizzle-orm/pg-core';
import { v7 } from 'uuid';

/** Primary keys are UUIDv7: made by the application (PostgreSQL has no `uuidv7()` before 18), ordered by time. */
export const newId = (): string => v7();

/** An id that stands behind another, even where that was made by a process whose clock is ahead. */
export function newIdAfter(other: string | undefined): string {
  const id = newId();
  return other === undefined || id > other ? id : v7({ msecs: millisecondsOf(other) + 1 });
}

/** The first 48 bits (RFC 9562, section 5.7). */
const millisecondsOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

export const id = () => uuid('id').$defaultFn(newId);

/** `2026-11-21 09:30:00.12+00`: what PostgreSQL writes in a session whose time zone is UTC. */
const UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?\+00$/;

/** By slices where the form is the usual one: a list of rows has many, and `Date` takes eight times as long. */
export function toRfc3339(text: string): string {
  if (!UTC.test(text)) return new Date(text).toISOString();
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`;
}

/** Bytes, as digests and sealed texts are. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** A point in time: RFC 3339 text in UTC with milliseconds, read and written. Drizzle's own keeps PostgreSQL's format. */
export const timestamptz = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: toRfc3339,
});

/** `created_at`, `updated_at` and the soft-delete mark that every mutable table carries. */
export const timestamps = () => ({
  createdAt: timestamptz('created_at')
    .notNull()
    .default(sql`now()`),
  updatedAt: timestamptz('updated_at')
    .notNull()
    .default(sql`now()`)
    .$onUpdate(() => sql`now()`),
  deletedAt: timestamptz('deleted_at'),
});
