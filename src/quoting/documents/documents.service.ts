import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../database/index.js';
import { Rendered } from '../../http/index.js';
import { TenantContext, TenantDirectory } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { dayOf, statusOn } from '../quotes/expiry.js';
import { quoteToShow } from './documents.queries.js';
import { quoteDocument } from './quote-document.js';
import { PAGE_POLICY } from './quote-page-style.js';
import { quotePage } from './quote-page.js';
import { QUOTE_PDF_TEMPLATE } from './quote-pdf-template.js';
import { QuotePdfs } from './quote-pdfs.js';

export const PAGE = 'text/html';
export const PDF = 'application/pdf';

/** A quote as its customer reads it. */
@Injectable()
export class DocumentsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly tenants: TenantDirectory,
    private readonly pdfs: QuotePdfs,
  ) {}

  /** Throws `QUOTE_NOT_FOUND`; making it throws `DOCUMENT_BUSY`, `DOCUMENT_REFUSED`. `signal` stops that. */
  async document(id: string, type: string, signal: AbortSignal | undefined): Promise<Rendered> {
    const { tenantId } = this.context.current;
    const [found, tenant] = await Promise.all([quoteToShow(this.db, id), this.tenants.find(tenantId)]);
    if (!found) throw quotingProblems.quoteNotFound();
    const status = statusOn(found.quote, dayOf(new Date()));
    const document = quoteDocument({ ...found, status, seller: tenant?.name ?? '' });
    if (type === PAGE)
      return new Rendered(() => quotePage(document), {
        type: `${PAGE}; charset=utf-8`,
        headers: { 'content-security-policy': PAGE_POLICY },
      });
    return new Rendered(() => this.pdfs.make(document, tenantId, signal), {
      type: PDF,
      headers: { 'content-disposition': `inline; filename="${document.number}.pdf"` },
      madeFrom: JSON.stringify([QUOTE_PDF_TEMPLATE, document]),
    });
  }
}
