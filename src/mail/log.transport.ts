import type { Mail } from './mail-outbox.service.js';
import { MailTransport } from './mail-transport.js';

/** Development only: the developer reads the link on the terminal instead of in a mailbox. */
export class LogTransport extends MailTransport {
  /** Past the logger: it would cross out the token, which is all that the developer wants. */
  send(_id: string, { to, subject, text }: Mail): Promise<void> {
    process.stdout.write(`\nMail to ${to}: ${subject}\n${text.replaceAll(/^/gm, '  ')}\n`);
    return Promise.resolve();
  }

  close(): void {}
}
