import type { Mail } from './mail-outbox.service.js';

/** The mail server will never take this mail: no such mailbox, refused content. Another attempt would change nothing. */
export class MailRefused extends Error {}

/** How a mail leaves. Rejects where it could not be handed over; the worker tries again, unless with {@link MailRefused}. */
export abstract class MailTransport {
  /** `id` names the mail for good: the same one, sent twice, is recognizable. */
  abstract send(id: string, mail: Mail): Promise<void>;
  abstract close(): void;
}
