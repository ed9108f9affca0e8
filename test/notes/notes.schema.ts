import { relations, sql } from 'drizzle-orm';
import { boolean, foreignKey, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable } from '../../src/database/index.js';

/** A small tenant resource for tests and benchmarks: what a domain room looks like to the database room. */
export const notes = tenantTable(
  'notes',
  {
    title: text('title').notNull(),
    body: text('body').notNull().default(''),
    rank: integer('rank').notNull().default(0),
    isDone: boolean('is_done').notNull().default(false),
    metadata: metadata(),
  },
  (t) => [
    uniqueIndex('notes_title')
      .on(t.tenantId, t.title)
      .where(sql`${t.deletedAt} is null`),
    metadataCheck('notes', t.metadata),
  ],
);

export const comments = tenantTable(
  'comments',
  { noteId: uuid('note_id').notNull(), text: text('text').notNull() },
  (t) => [
    foreignKey({
      name: 'comments_note_fkey',
      columns: [t.tenantId, t.noteId],
      foreignColumns: [notes.tenantId, notes.id],
    }).onDelete('cascade'),
  ],
);

export const notesRelations = relations(notes, ({ many }) => ({ comments: many(comments) }));
export const commentsRelations = relations(comments, ({ one }) => ({
  note: one(notes, { fields: [comments.tenantId, comments.noteId], references: [notes.tenantId, notes.id] }),
}));

declare module '../../src/database/index.js' {
  interface DatabaseSchema {
    notes: typeof notes;
    comments: typeof comments;
    notesRelations: typeof notesRelations;
    commentsRelations: typeof commentsRelations;
  }
}
