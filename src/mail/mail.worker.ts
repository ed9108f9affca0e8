import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { ChangeListener, ControlDatabase, Transactions } from '../database/index.js';
import { Metrics } from '../observability/index.js';
import { mailOutbox } from './mail-outbox.schema.js';
import { MailRefused, MailTransport } from './mail-transport.js';
import { MAX_ATTEMPTS, retryDelayMs } from './retry-delay.js';

type DueMail = Pick<typeof mailOutbox.$inferSelect, 'tenantId' | 'id' | 'recipient' | 'content' | 'attempts'>;

const OUTCOMES = ['sent', 'failed'] as const;

/** Looks for due mails this often; new ones are told by the database at once. */
const POLL_MS = 5_000;

/**
 * Sends what the outbox holds. A mail is claimed in one short transaction (nobody else takes it before its next attempt is
 * due), sent outside of any, and its outcome noted in another: no transaction is open while a mail server thinks.
 */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Mail');
  private readonly attempts = this.metrics.counter(
    'mail_attempts_total',
    'Mails handed to the mail server, by how that ended',
    ['outcome'],
  );
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isWanted = false;
  private isStopping = false;

  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    listener: ChangeListener,
    private readonly metrics: Metrics,
    @Inject(MailTransport) private readonly transport: MailTransport | undefined,
  ) {
    for (const outcome of OUTCOMES) this.attempts.inc({ outcome }, 0);
    const wake = () => this.wake();
    listener.onChange('rowhouse_mail', wake, wake);
  }

  onApplicationBootstrap(): void {
    if (!this.transport) return this.logger.warn('SMTP_URL is not set: mails wait in the outbox');
    this.timer = setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  /** Finishes the mail that is being sent. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
    this.transport?.close();
  }

  /** Starts a round, or makes the running one look once more. */
  private wake(): void {
    if (this.isStopping || !this.timer) return;
    this.isWanted = true;
    this.running ??= this.sendAll().finally(() => (this.running = undefined));
  }

  private async sendAll(): Promise<void> {
    while (this.isWanted && !this.isStopping) {
      this.isWanted = false;
      try {
        for (let mail = await this.claim(); mail && !this.isStopping; mail = await this.claim())
          await this.send(mail);
      } catch (error) {
        this.logger.warn({ msg: 'the outbox cannot be read', reason: (error as Error).message });
      }
    }
  }

  /** The longest due mail, put off by the time its attempt may take. */
  private claim(): Promise<DueMail | undefined> {
    const { tenantId, id, recipient, content, attempts } = mailOutbox;
    return this.transactions.withControl({ access: 'write' }, async () => {
      const [due] = await this.db
        .select({ tenantId, id, recipient, content, attempts })
        .from(mailOutbox)
        .where(and(eq(mailOutbox.status, 'queued'), sql`${mailOutbox.nextAttemptAt} <= now()`))
        .orderBy(mailOutbox.nextAttemptAt)
        .limit(1)
        .for('update', { skipLocked: true });
      if (!due) return undefined;
      const attempt = due.attempts + 1;
      const nextAttemptAt = sql`now() + make_interval(secs => ${retryDelayMs(attempt) / 1_000} + 60)`;
      await this.db.update(mailOutbox).set({ attempts: attempt, nextAttemptAt }).where(same(due));
      return { ...due, attempts: attempt };
    });
  }

  private async send(mail: DueMail): Promise<void> {
    const { id, tenantId, recipient, content, attempts: attempt } = mail;
    try {
      await this.transport!.send(id, { to: recipient, ...content! });
    } catch (error) {
      const isLast = error instanceof MailRefused || attempt >= MAX_ATTEMPTS;
      this.attempts.inc({ outcome: 'failed' });
      this.logger.warn({ msg: 'mail not sent', mailId: id, tenantId, attempt, isLast });
      return this.note(mail, failure((error as Error).message.slice(0, 500), attempt, isLast));
    }
    this.attempts.inc({ outcome: 'sent' });
    // The text may carry a token: it is not kept once it has done its work.
    await this.note(mail, { status: 'sent', sentAt: sql`now()`, content: null, lastError: null });
  }

  private note(mail: DueMail, values: object): Promise<void> {
    return this.transactions.withControl({ access: 'write' }, async () => {
      await this.db.update(mailOutbox).set(values).where(same(mail));
    });
  }
}

const same = ({ tenantId, id }: { tenantId: string; id: string }) =>
  and(eq(mailOutbox.tenantId, tenantId), eq(mailOutbox.id, id));

const failure = (lastError: string, attempt: number, isLast: boolean) =>
  isLast
    ? { status: 'failed', content: null, lastError }
    : { lastError, nextAttemptAt: sql`now() + make_interval(secs => ${retryDelayMs(attempt) / 1_000})` };
