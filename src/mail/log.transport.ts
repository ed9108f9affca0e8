import { Logger } from '@nestjs/common';
import type { Mail } from './mail-outbox.service.js';
import { MailTransport } from './mail-transport.js';

/** Development only: the developer reads the link in the log instead of a mailbox. */
export class LogTransport extends MailTransport {
  private readonly logger = new Logger('Mail');

  send(_id: string, { to, subject, text }: Mail): Promise<void> {
    this.logger.log(`To: ${to}\nSubject: ${subject}\n\n${text}`);
    return Promise.resolve();
  }

  close(): void {}
}
