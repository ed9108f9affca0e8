import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { serviceVersion } from '../service-version.js';

/**
 * The figures of one application, for `/metrics`. A room makes its own in a line and counts on it:
 *
 * ```ts
 * private readonly refusals = this.metrics.counter('rate_limit_refusals_total', 'Requests refused', ['limit']);
 * this.refusals.inc({ limit: 'tenant' });
 * ```
 *
 * Names as Prometheus has them: unit last, counters end in `_total`. Labels take few values, known in advance: never an
 * id, a URL or anything else that a caller chooses. Each metric belongs on `deploy/grafana/rowhouse.json`; a test compares.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor() {
    const labels = ['version', 'node'] as const;
    this.gauge('rowhouse_build_info', 'Always 1; what runs is in the labels', [...labels]).set(
      { version: serviceVersion(), node: process.version },
      1,
    );
  }

  /** Asking twice for one name answers the same counter. */
  counter<L extends string = never>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return (
      (this.known(name) as Counter<L> | undefined) ??
      new Counter({ name, help, labelNames, registers: [this.registry] })
    );
  }

  /** `collect` is called before each scrape, to set what is not counted as it happens. */
  gauge<L extends string = never>(
    name: string,
    help: string,
    labelNames: L[] = [],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L> {
    const known = this.known(name) as Gauge<L> | undefined;
    if (known) return known;
    const gauge: Gauge<L> = new Gauge<L>({
      name,
      help,
      labelNames,
      registers: [this.registry],
      ...(collect && { collect: () => collect(gauge) }),
    });
    return gauge;
  }

  /** `buckets`: upper bounds, in the unit of the name. */
  histogram<L extends string = never>(
    name: string,
    help: string,
    labelNames: L[],
    buckets: number[],
  ): Histogram<L> {
    const options = { name, help, labelNames, buckets, registers: [this.registry] };
    return (this.known(name) as Histogram<L> | undefined) ?? new Histogram(options);
  }

  /** Processor time, memory, event loop lag, garbage collection. Once, by who owns the process: its observers stay. */
  watchProcess(): void {
    if (!this.known('process_cpu_seconds_total')) collectDefaultMetrics({ register: this.registry });
  }

  /** Everything in Prometheus' text format, and its media type. */
  async expose(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private known(name: string): unknown {
    return this.registry.getSingleMetric(name);
  }
}
