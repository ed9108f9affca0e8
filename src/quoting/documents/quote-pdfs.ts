import { Injectable } from '@nestjs/common';
import { httpProblems } from '../../http/index.js';
import { documentProblems } from './documents.problems.js';
import type { QuoteDocument } from './quote-document.types.js';
import { QUOTE_PDF_TEMPLATE } from './quote-pdf-template.js';
import { Turns } from './turns.js';
import { TypstRefusal, TypstTimeout, typst } from './typst.js';

/** Measured: one line takes 0.15 s and 110 MB, a thousand 0.9 s and 280 MB, the longest texts that they may have 2.9 s and 505 MB. */
const MAX_CPU_MS = 8_000;
const MAX_MEMORY_BYTES = 640 * 1024 * 1024;
/** Below that of a request, so that it is answered. */
const TIMEOUT_MS = 20_000;
const CAPACITY = { atOnce: 2, waitingOfTenant: 4, waiting: 16 };

/** Makes PDFs of quotes, one at a time for each tenant. */
@Injectable()
export class QuotePdfs {
  private readonly turns = new Turns(CAPACITY);
  private readonly limits = {
    cpuMs: MAX_CPU_MS,
    memoryBytes: memoryLimit(process.constrainedMemory()),
  };

  /** Throws `DOCUMENT_BUSY` and `DOCUMENT_REFUSED`. */
  async make(document: QuoteDocument, tenantId: string, signal?: AbortSignal): Promise<Buffer> {
    const inputs = { document: JSON.stringify(document) };
    const task = { source: QUOTE_PDF_TEMPLATE, inputs, limits: this.limits };
    const made = this.turns.take(tenantId, () => typst(task, TIMEOUT_MS, signal));
    if (!made) throw documentProblems.documentBusy();
    return made.catch((error: Error) => {
      if (error instanceof TypstTimeout) throw documentProblems.documentBusy();
      if (error instanceof TypstRefusal) throw documentProblems.documentRefused(document.number);
      throw error.name === 'AbortError' ? httpProblems.clientGone() : error;
    });
  }
}

/**
 * What two documents at once may have beside the service, or a container that has little memory would be ended with all
 * that is in it. @param constrainedBytes the container's memory; 0 where nothing is known of a limit
 */
export const memoryLimit = (constrainedBytes: number): number =>
  constrainedBytes > 0 ? Math.min(MAX_MEMORY_BYTES, Math.floor(constrainedBytes / 3)) : MAX_MEMORY_BYTES;
