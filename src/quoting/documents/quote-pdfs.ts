import { Injectable } from '@nestjs/common';
import { httpProblems } from '../../http/index.js';
import { documentProblems } from './documents.problems.js';
import type { QuoteDocument } from './quote-document.types.js';
import { QUOTE_PDF_TEMPLATE } from './quote-pdf-template.js';
import { Turns } from './turns.js';
import { TypstRefusal, TypstTimeout, typst } from './typst.js';

/** Measured: a thousand lines take 1 s and 280 MB, the longest texts that they may have 2.5 s and 500 MB. */
const LIMITS = { cpuMs: 8_000, memoryBytes: 640 * 1024 * 1024 };
/** Below that of a request, so that it is answered. */
const TIMEOUT_MS = 20_000;
const CAPACITY = { atOnce: 2, waitingOfTenant: 4, waiting: 16 };

/** Makes PDFs of quotes, one at a time for each tenant. */
@Injectable()
export class QuotePdfs {
  private readonly turns = new Turns(CAPACITY);

  /** Throws `DOCUMENT_BUSY` and `DOCUMENT_REFUSED`. */
  async make(document: QuoteDocument, tenantId: string, signal?: AbortSignal): Promise<Buffer> {
    const inputs = { document: JSON.stringify(document) };
    const task = { source: QUOTE_PDF_TEMPLATE, inputs, limits: LIMITS };
    const made = this.turns.take(tenantId, () => typst(task, TIMEOUT_MS, signal));
    if (!made) throw documentProblems.documentBusy();
    return made.catch((error: Error) => {
      if (error instanceof TypstTimeout) throw documentProblems.documentBusy();
      if (error instanceof TypstRefusal) throw documentProblems.documentRefused(document.number);
      throw error.name === 'AbortError' ? httpProblems.clientGone() : error;
    });
  }
}
