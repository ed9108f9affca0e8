import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ChangeListener } from '../../database/index.js';
import { Metrics } from '../../observability/index.js';
import { Backlog } from './backlog.service.js';
import { DELIVERY_STATUSES } from './deliveries.schema.js';
import { type Claim, HandleDelivery } from './handle-delivery.service.js';

/** Looks for due deliveries this often; new ones are told by the database at once. */
const POLL_MS = 5_000;

const OUTCOMES = [...DELIVERY_STATUSES.filter((status) => status !== 'received'), 'retried'] as const;

/** Handles what GitHub has sent, one delivery after the other; each process does, and no two the same one. */
@Injectable()
export class DeliveriesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('GitHub');
  private readonly outcomes = this.metrics.counter(
    'github_deliveries_total',
    'Deliveries of GitHub that were handled, by how that ended',
    ['outcome'],
  );
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isWanted = false;
  private isStopping = false;

  constructor(
    private readonly deliveries: HandleDelivery,
    private readonly backlog: Backlog,
    private readonly metrics: Metrics,
    listener: ChangeListener,
  ) {
    for (const outcome of OUTCOMES) this.outcomes.inc({ outcome }, 0);
    const wake = () => this.wake();
    listener.onChange('rowhouse_github', wake, wake);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), POLL_MS).unref();
    this.wake();
  }

  /** Finishes the delivery that is being handled. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Starts a round, or makes the running one look once more. */
  private wake(): void {
    if (this.isStopping || !this.timer) return;
    this.isWanted = true;
    this.running ??= this.handleAll().finally(() => (this.running = undefined));
  }

  private async handleAll(): Promise<void> {
    while (this.isWanted && !this.isStopping) {
      this.isWanted = false;
      try {
        for (let claim = await this.claim(); claim; claim = await this.claim()) await this.handle(claim);
      } catch (error) {
        this.logger.warn({ msg: 'deliveries cannot be read', reason: (error as Error).message });
      }
    }
  }

  private async claim(): Promise<Claim | undefined> {
    return this.isStopping ? undefined : this.deliveries.claim();
  }

  private async handle(claim: Claim): Promise<void> {
    if (claim.isSpent) return this.outcomes.inc({ outcome: 'failed' });
    try {
      const outcome = await this.deliveries.handle(claim);
      if (outcome) this.outcomes.inc({ outcome });
    } catch (error) {
      const isLast = await this.backlog.noteFailure(claim, error as Error);
      this.outcomes.inc({ outcome: isLast ? 'failed' : 'retried' });
      this.logger.warn({ msg: 'delivery not handled', ...claim, isLast, err: error });
    }
  }
}
