import { Injectable } from '@nestjs/common';
import { and, desc, eq, getTableColumns, lt } from 'drizzle-orm';
import { TenantDatabase, rowVersion } from '../../database/index.js';
import { type Page, type PageQuery, pageOf, positionOf, withETag } from '../../http/index.js';
import { contentOf } from '../quotes/quote-snapshot.js';
import { QuoteStore } from '../quotes/quote-store.service.js';
import { quotingProblems } from '../quoting.problems.js';
import { differences } from './differences.js';
import { quoteLineVersions, quoteVersions } from './quote-versions.schema.js';
import type { LineSnapshot } from './snapshot.types.js';
import type { DiffDto, QuoteVersionDto, VersionSummaryDto } from './versions.dto.js';

const SUMMARY = {
  id: quoteVersions.id,
  number: quoteVersions.number,
  status: quoteVersions.status,
  reason: quoteVersions.reason,
  totalAmount: quoteVersions.totalAmount,
  createdBy: quoteVersions.createdBy,
  createdAt: quoteVersions.createdAt,
};
const VERSION = { ...getTableColumns(quoteVersions), etag: rowVersion(quoteVersions) };
const {
  tenantId: _tenant,
  id: _id,
  quoteVersionId: _version,
  createdAt: _created,
  updatedAt: _updated,
  deletedAt: _deleted,
  ...LINE
} = getTableColumns(quoteLineVersions);

/** What quotes said before. Written by whoever changes them; never changed. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly store: QuoteStore,
  ) {}

  async list(quoteId: string, query: PageQuery): Promise<Page<VersionSummaryDto>> {
    const list = `versions of ${quoteId}`;
    const after = positionOf(list, query);
    await this.store.mustExist(quoteId);
    const rows = await this.db
      .select(SUMMARY)
      .from(quoteVersions)
      .where(
        and(
          eq(quoteVersions.quoteId, quoteId),
          after === undefined ? undefined : lt(quoteVersions.id, after),
        ),
      )
      .orderBy(desc(quoteVersions.id))
      .limit(query.limit + 1);
    return pageOf(list, query, rows);
  }

  /** Throws `QUOTE_VERSION_NOT_FOUND`. */
  async get(quoteId: string, number: number): Promise<QuoteVersionDto> {
    await this.store.mustExist(quoteId);
    const { version, lines } = await this.find(quoteId, number);
    const { id, status, reason, totalAmount, createdBy, createdAt, etag } = version;
    const quote = contentOf(version);
    return withETag({ id, number, status, reason, totalAmount, createdBy, createdAt, quote, lines, etag });
  }

  /** Throws `QUOTE_VERSION_NOT_FOUND`. */
  async diff(quoteId: string, from: number, to: number): Promise<DiffDto> {
    await this.store.mustExist(quoteId);
    const [before, after] = [await this.find(quoteId, from), await this.find(quoteId, to)];
    const changes = differences(
      { quote: contentOf(before.version), lines: before.lines },
      { quote: contentOf(after.version), lines: after.lines },
    );
    return { from, to, changes };
  }

  private async find(quoteId: string, number: number) {
    const [version] = await this.db
      .select(VERSION)
      .from(quoteVersions)
      .where(and(eq(quoteVersions.quoteId, quoteId), eq(quoteVersions.number, number)));
    if (!version) throw quotingProblems.quoteVersionNotFound(number);
    const lines: LineSnapshot[] = await this.db
      .select(LINE)
      .from(quoteLineVersions)
      .where(eq(quoteLineVersions.quoteVersionId, version.id))
      .orderBy(quoteLineVersions.lineNumber);
    return { version, lines };
  }
}
