import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../config/index.js';
import { ControlDatabase, Transactions } from '../../database/index.js';
import { SignInFailures } from '../../limits/index.js';
import { Metrics } from '../../observability/index.js';
import { githubProblems } from '../github.problems.js';
import { githubDeliveries } from './deliveries.schema.js';
import { isSigned } from './signature.js';
import { type WebhookHeaders, readWebhookHeaders } from './webhook-headers.js';
import type { ReceiptDto } from './webhooks.dto.js';

const OUTCOMES = ['kept', 'repeated', 'conflicting', 'unsigned'] as const;

type SignedRequest = Pick<FastifyRequest, 'headers' | 'rawBody' | 'ip'>;

/** Keeps what GitHub signed, to the byte and unread: whoever has its receipt need not send it again. */
@Injectable()
export class ReceiveDelivery {
  private readonly logger = new Logger('GitHub');
  private readonly outcomes = this.metrics.counter(
    'github_webhooks_total',
    'Webhooks that came, by what was done with them',
    ['outcome'],
  );

  constructor(
    private readonly config: Config,
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly metrics: Metrics,
    private readonly failures: SignInFailures,
  ) {
    for (const outcome of OUTCOMES) this.outcomes.inc({ outcome }, 0);
  }

  /** Throws `GITHUB_HEADERS_MISSING`, `GITHUB_SIGNATURE_INVALID`, `RATE_LIMITED`, `GITHUB_DELIVERY_CONFLICT`, `GITHUB_NOT_CONFIGURED`. */
  receive({ headers, rawBody, ip }: SignedRequest): Promise<ReceiptDto> {
    const { webhookSecrets } = this.config.github;
    if (webhookSecrets.length === 0) throw githubProblems.notConfigured();
    const webhook = readWebhookHeaders(headers);
    const isGenuine = isSigned(rawBody!, webhook.signature, webhookSecrets);
    return isGenuine ? this.accept(webhook, rawBody!) : this.refuse(ip);
  }

  /** Without the bytes, since it may take a while: whoever sends much of this is soon answered `RATE_LIMITED`. */
  private async refuse(ip: string): Promise<never> {
    this.outcomes.inc({ outcome: 'unsigned' });
    await this.failures.note(ip);
    throw githubProblems.signatureInvalid();
  }

  private async accept(webhook: WebhookHeaders, body: Buffer): Promise<ReceiptDto> {
    const outcome = await this.transactions.withControl({ access: 'write' }, () => this.keep(webhook, body));
    this.outcomes.inc({ outcome });
    if (outcome === 'conflicting') throw this.conflict(webhook);
    return { deliveryId: webhook.deliveryId };
  }

  private async keep({ event, deliveryId }: WebhookHeaders, payload: Buffer) {
    const digest = createHash('sha256').update(payload).digest();
    const kept = await this.db
      .insert(githubDeliveries)
      .values({ deliveryId, event, digest, payload })
      .onConflictDoNothing({ target: githubDeliveries.deliveryId })
      .returning({ id: githubDeliveries.id });
    if (kept.length > 0) return 'kept';
    const [known] = await this.db
      .select({ digest: githubDeliveries.digest, event: githubDeliveries.event })
      .from(githubDeliveries)
      .where(eq(githubDeliveries.deliveryId, deliveryId));
    return known!.digest.equals(digest) && known!.event === event ? 'repeated' : 'conflicting';
  }

  private conflict({ event, deliveryId }: WebhookHeaders) {
    this.logger.warn({ msg: 'a delivery came twice with different bytes', deliveryId, event });
    return githubProblems.deliveryConflict();
  }
}
