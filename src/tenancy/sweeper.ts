import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

interface SweeperOptions {
  /** Of its logger. */
  name: string;
  /** What the log says where a sweep failed. */
  failure: string;
  /** On average. */
  everyMs: number;
}

/** Does something again and again while the application runs, on every instance; nobody waits for it. */
export abstract class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  protected isStopping = false;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: SweeperOptions) {
    this.logger = new Logger(options.name);
  }

  /** One sweep; answers how much it met. */
  abstract sweepAll(): Promise<number>;

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** Lets the running batch end. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Batch after batch; answers how much they met together. */
  protected async untilNoneIsLeft(batch: () => Promise<number>): Promise<number> {
    let total = 0;
    while (!this.isStopping) {
      const met = await batch();
      if (met === 0) break;
      total += met;
    }
    return total;
  }

  /** For what a sweep goes on after. */
  protected tell(error: unknown, of: Record<string, unknown> = {}): void {
    this.logger.warn({ msg: this.options.failure, ...of, reason: (error as Error).message });
  }

  /** Jittered, so that instances that started together do not sweep together. */
  private schedule(): void {
    if (this.isStopping) return;
    const sweep = () => {
      this.running = this.sweepAll()
        .catch((error: unknown) => this.tell(error))
        .finally(() => this.schedule());
    };
    this.timer = setTimeout(sweep, this.options.everyMs * (0.5 + Math.random())).unref();
  }
}
