import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingConfig } from '../../config/index.js';
import {
  DatabaseError,
  StatementError,
  type StatementFacts,
  type TransactionFacts,
  type TransactionOutcome,
} from '../../database/index.js';
import { RequestActivity, type RequestOutcome } from '../request-activity.js';
import type { TraceParent } from '../traceparent.js';
import { SpanClock } from './span-clock.js';
import { type StatementName, nameStatement } from './statement-name.js';
import type { Tracing } from './tracing.js';
import { WatchedExporter } from './watched-exporter.js';

const EXPORT_TIMEOUT_MS = 3_000;
const SHUTDOWN_TIMEOUT_MS = 2_000;
/** Spans that wait for the collector; further ones are dropped. */
const MAX_QUEUED_SPANS = 4_096;
const MAX_NAMES = 2_000;

/**
 * Spans by hand, after OpenTelemetry's semantic conventions: the request, its transactions, their statements. Loaded only
 * where a collector is configured. What the caller or the sampler left out costs no further spans.
 */
export class OtelTracing implements Tracing {
  private readonly clock = new SpanClock();
  private readonly provider: TracerProvider;
  private readonly requests = new WeakMap<RequestActivity, Span>();
  private readonly transactions = new WeakMap<TransactionFacts, Span>();
  private readonly names = new Map<string, StatementName>();

  constructor({ endpoint, headers, serviceName, sampleRatio }: TracingConfig, serviceVersion: string) {
    const exporter = new OTLPTraceExporter({
      url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
      headers,
      timeoutMillis: EXPORT_TIMEOUT_MS,
    });
    const processor = new BatchSpanProcessor({
      exporter: new WatchedExporter(exporter),
      maxQueueSize: MAX_QUEUED_SPANS,
      exportTimeoutMillis: 2 * EXPORT_TIMEOUT_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': serviceVersion }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
      spanProcessors: [processor],
    });
  }

  requestBegan(activity: RequestActivity, method: string, parent: TraceParent | undefined): string {
    const options = {
      kind: SpanKind.SERVER,
      startTime: this.clock.epochMs(activity.startedAt),
      attributes: { 'http.request.method': method, 'rowhouse.request.id': activity.requestId },
    };
    const span = this.tracer.startSpan(method, options, contextOf(parent));
    this.requests.set(activity, span);
    return span.spanContext().traceId;
  }

  requestEnded(activity: RequestActivity, { method, route, status, caller }: RequestOutcome): void {
    const span = this.requests.get(activity);
    if (!span?.isRecording()) return;
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.route': route,
      'http.response.status_code': status,
      ...(caller && { 'rowhouse.tenant.id': caller.tenantId }),
    });
    if (status >= 500) fail(span, String(status));
    span.end(this.clock.epochMs(performance.now()));
  }

  transactionBegan(transaction: TransactionFacts, startedAt: number): void {
    const { activity, plane, access } = transaction;
    const parent = activity instanceof RequestActivity ? this.requests.get(activity) : undefined;
    if (parent && !isSampled(parent)) return;
    const options = {
      startTime: this.clock.epochMs(startedAt),
      attributes: { 'rowhouse.db.plane': plane, 'rowhouse.db.access': access },
    };
    const span = this.tracer.startSpan('transaction', options, below(parent));
    if (span.isRecording()) this.transactions.set(transaction, span);
  }

  statementRan({ transaction, text, digest, startedAt, durationMs, error }: StatementFacts): void {
    const parent = this.transactions.get(transaction);
    if (!parent) return;
    const { operation, table } = this.nameOf(digest, text);
    const summary = table === undefined ? operation : `${operation} ${table}`;
    const attributes = {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      'db.query.summary': summary,
      'rowhouse.db.statement': digest,
      ...(table !== undefined && { 'db.collection.name': table }),
    };
    const span = this.tracer.startSpan(
      summary,
      { kind: SpanKind.CLIENT, startTime: this.clock.epochMs(startedAt), attributes },
      below(parent),
    );
    if (error) fail(span, codeOf(error));
    span.end(this.clock.epochMs(startedAt + durationMs));
  }

  transactionEnded(transaction: TransactionFacts, outcome: TransactionOutcome): void {
    const span = this.transactions.get(transaction);
    if (!span) return;
    span.setAttribute('rowhouse.db.outcome', outcome);
    if (outcome !== 'committed' && outcome !== 'rolled_back') fail(span, outcome);
    span.end(this.clock.epochMs(performance.now()));
  }

  /** The collector may be gone as well: it must not hold up the end of the process. */
  async shutdown(): Promise<void> {
    const giveUp = Promise.withResolvers<void>();
    const timer = setTimeout(giveUp.resolve, SHUTDOWN_TIMEOUT_MS);
    await Promise.race([this.provider.shutdown().catch(() => undefined), giveUp.promise]);
    clearTimeout(timer);
  }

  private get tracer() {
    return this.provider.getTracer('rowhouse');
  }

  private nameOf(digest: string, text: string): StatementName {
    let name = this.names.get(digest);
    if (!name) {
      if (this.names.size >= MAX_NAMES) this.names.clear();
      this.names.set(digest, (name = nameStatement(text)));
    }
    return name;
  }
}

function contextOf(parent: TraceParent | undefined): Context {
  if (!parent) return ROOT_CONTEXT;
  const { traceId, spanId, isSampled: sampled } = parent;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

const below = (parent: Span | undefined): Context =>
  parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;

/** Still true of a span that has ended: a read's COMMIT is answered after its request. */
const isSampled = (span: Span) => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;

function fail(span: Span, errorType: string): void {
  span.setAttribute('error.type', errorType);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Codes only: messages may quote what a client sent. */
function codeOf(error: Error): string {
  if (error instanceof StatementError) return error.sqlState;
  return error instanceof DatabaseError ? error.code : error.name;
}
