import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { Config } from '../../config/index.js';
import { ControlDatabase, Transactions } from '../../database/index.js';
import { Metrics } from '../../observability/index.js';
import { githubProblems } from '../github.problems.js';
import { githubDeliveries } from './deliveries.schema.js';
import { isSigned } from './signature.js';
import { type WebhookHeaders, readWebhookHeaders } from './webhook-headers.js';
import type { ReceiptDto } from './webhooks.dto.js';

const OUTCOMES = ['kept', 'repeated', 'conflicting', 'unsigned'] as const;

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
  ) {
    for (const outcome of OUTCOMES) this.outcomes.inc({ outcome }, 0);
  }

  /** Throws `GITHUB_HEADERS_MISSING`, `GITHUB_SIGNATURE_INVALID`, `GITHUB_DELIVERY_CONFLICT`, `GITHUB_NOT_CONFIGURED`. */
  async receive(headers: IncomingHttpHeaders, body: Buffer): Promise<ReceiptDto> {
    const { webhookSecrets } = this.config.github;
    if (webhookSecrets.length === 0) throw githubProblems.notConfigured();
    const webhook = readWebhookHeaders(headers);
    if (!isSigned(body, webhook.signature, webhookSecrets)) {
      this.outcomes.inc({ outcome: 'unsigned' });
      throw githubProblems.signatureInvalid();
    }
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
