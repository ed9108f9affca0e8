import { Logger } from '@nestjs/common';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

type Done = Parameters<SpanExporter['export']>[1];

/** Says once that the collector cannot be reached, and once that it can again; OpenTelemetry itself says nothing. */
export class WatchedExporter implements SpanExporter {
  private readonly logger = new Logger('Tracing');
  private isFailing = false;

  constructor(private readonly inner: SpanExporter) {}

  export(spans: ReadableSpan[], done: Done): void {
    this.inner.export(spans, (result) => {
      this.note(result.code === ExportResultCode.SUCCESS, result.error);
      // A failure that was told is success to the processor, which would only try to log it again.
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }

  private note(isDelivered: boolean, error: Error | undefined): void {
    if (isDelivered === !this.isFailing) return;
    this.isFailing = !isDelivered;
    if (isDelivered) this.logger.log({ msg: 'the collector takes spans again' });
    else this.logger.warn({ msg: 'spans cannot be delivered and are dropped', reason: error?.message });
  }
}
