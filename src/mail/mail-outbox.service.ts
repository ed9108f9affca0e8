import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../database/index.js';
import { TenantContext } from '../tenancy/index.js';
import { type MailContent, mailOutbox } from './mail-outbox.schema.js';

export interface Mail extends MailContent {
  to: string;
}

/**
 * Puts mails into the outbox, in the transaction of what they tell of: sent if it commits, and never if it does not.
 * At least once: a worker that is killed between sending and noting it sends again, under the same `Message-ID`.
 */
@Injectable()
export class MailOutbox {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  async queue({ to, subject, text }: Mail): Promise<void> {
    const { tenantId } = this.context.current;
    await this.db.insert(mailOutbox).values({ tenantId, recipient: to, content: { subject, text } });
  }
}
