import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { linkExpiry } from './link-expiry.js';
import { type LinkToken, issueLinkToken } from './link-token.js';
import { quoteLinks } from './quote-links.schema.js';

const COLUMNS = {
  id: quoteLinks.id,
  expiresAt: quoteLinks.expiresAt,
  revokedAt: quoteLinks.revokedAt,
  createdBy: quoteLinks.createdBy,
  createdAt: quoteLinks.createdAt,
};

/** A link as the tenant sees it: never its token. */
export type QuoteLink = Pick<typeof quoteLinks.$inferSelect, keyof typeof COLUMNS>;

/** The links by which customers see and answer quotes. */
@Injectable()
export class QuoteLinks {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  /** Of a quote that is on offer until that day. The token is told once. */
  async issue(quoteId: string, validUntil: string): Promise<QuoteLink & { token: string }> {
    const { tenantId, actor } = this.context.current;
    const { token, digest } = issueLinkToken(tenantId);
    const [link] = await this.db
      .insert(quoteLinks)
      .values({
        tenantId,
        id: newId(),
        quoteId,
        tokenDigest: digest,
        expiresAt: linkExpiry(new Date(), validUntil).toISOString(),
        createdBy: actor.id,
      })
      .returning(COLUMNS);
    await this.record('deliver', quoteId, link!);
    return { ...link!, token };
  }

  /** Newest first; also those that lead nowhere any more. */
  listOf(quoteId: string): PromiseLike<QuoteLink[]> {
    return this.db
      .select(COLUMNS)
      .from(quoteLinks)
      .where(eq(quoteLinks.quoteId, quoteId))
      .orderBy(desc(quoteLinks.id));
  }

  /** From now on it leads nowhere. Throws `QUOTE_LINK_NOT_FOUND`, also where it was revoked before. */
  async revoke(quoteId: string, id: string): Promise<void> {
    const [link] = await this.db
      .update(quoteLinks)
      .set(revoked())
      .where(and(eq(quoteLinks.quoteId, quoteId), eq(quoteLinks.id, id), isNull(quoteLinks.revokedAt)))
      .returning(COLUMNS);
    if (!link) throw quotingProblems.linkNotFound();
    await this.record('revoke_link', quoteId, link);
  }

  async revokeAllOf(quoteId: string): Promise<void> {
    await this.db
      .update(quoteLinks)
      .set(revoked())
      .where(and(eq(quoteLinks.quoteId, quoteId), isNull(quoteLinks.revokedAt)));
  }

  /** The link whose token has this digest, of whichever quote; undefined: there is none. */
  async byDigest({ digest }: LinkToken): Promise<(QuoteLink & { quoteId: string }) | undefined> {
    const [link] = await this.db
      .select({ ...COLUMNS, quoteId: quoteLinks.quoteId })
      .from(quoteLinks)
      .where(eq(quoteLinks.tokenDigest, digest));
    return link;
  }

  private record(verb: string, entityId: string, { id, expiresAt }: QuoteLink): Promise<void> {
    return this.audit.record({
      action: `quotes.${verb}`,
      entityType: 'quote',
      entityId,
      newValues: { linkId: id, expiresAt },
    });
  }
}

const revoked = () => {
  const now = new Date().toISOString();
  return { revokedAt: now, updatedAt: now };
};
