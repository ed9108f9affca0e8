import { sql } from 'drizzle-orm';
import { customType, uuid } from 'drizzle-orm/pg-core';
import { v7 } from 'uuid';

/** Primary keys are UUIDv7: made by the application (PostgreSQL has no `uuidv7()` before 18), ordered by time. */
export const newId = (): string => v7();

export const id = () => uuid('id').$defaultFn(newId);

/** A point in time: RFC 3339 text in UTC with milliseconds, read and written. Drizzle's own keeps PostgreSQL's format. */
export const timestamptz = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: (text) => new Date(text).toISOString(),
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
