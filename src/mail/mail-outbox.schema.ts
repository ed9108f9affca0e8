import { relations, sql } from 'drizzle-orm';
import { check, index, integer, text } from 'drizzle-orm/pg-core';
import { exemptJsonb, tenantTable, tenants, timestamptz } from '../database/schema.js';

/** What a mail says. It may carry a token, so it is erased once the mail is sent or given up. */
export interface MailContent {
  subject: string;
  text: string;
}

export const MAIL_STATUSES = ['queued', 'sent', 'failed'] as const;

/** Mails, written in the transaction of what they tell of. The service may only INSERT; the control plane's worker sends. */
export const mailOutbox = tenantTable(
  'mail_outbox',
  {
    recipient: text('recipient').notNull(),
    content: exemptJsonb<MailContent>(
      'content',
      'written by the server only: the subject and the text of a mail',
    ),
    status: text('status', { enum: MAIL_STATUSES }).notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: timestamptz('next_attempt_at')
      .notNull()
      .default(sql`now()`),
    lastError: text('last_error'),
    sentAt: timestamptz('sent_at'),
  },
  (t) => [
    index('mail_outbox_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.status} = 'queued'`),
    check('mail_outbox_status_known', sql`${t.status} in ('queued', 'sent', 'failed')`),
  ],
);

export const mailOutboxRelations = relations(mailOutbox, ({ one }) => ({
  tenant: one(tenants, { fields: [mailOutbox.tenantId], references: [tenants.id] }),
}));

declare module '../database/index.js' {
  interface DatabaseSchema {
    mailOutbox: typeof mailOutbox;
    mailOutboxRelations: typeof mailOutboxRelations;
  }
}
