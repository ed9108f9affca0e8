import { sql } from 'drizzle-orm';
import { check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { newId, timestamps } from '../../database/schema.js';

/** People; global, control plane only: unreachable for `rowhouse_app`. Who is a member where stands in `memberships`. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    email: text('email').notNull(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    photoUrl: text('photo_url'),
    /** The identity provider and its name (`sub`) for the person; null until the first sign-in. */
    issuer: text('issuer'),
    externalId: text('external_id'),
    ...timestamps(),
  },
  (t) => [
    uniqueIndex('users_email_live')
      .on(sql`lower(${t.email})`)
      .where(sql`${t.deletedAt} is null`),
    uniqueIndex('users_subject').on(t.issuer, t.externalId),
    check('users_email_length', sql`length(${t.email}) between 3 and 320`),
    check('users_subject_whole', sql`(${t.issuer} is null) = (${t.externalId} is null)`),
  ],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    users: typeof users;
  }
}
