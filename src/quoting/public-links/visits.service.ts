import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Transactions } from '../../database/index.js';
import { SignInFailures } from '../../limits/index.js';
import { TenantContext, TenantDirectory, type TenantEntry } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { type LinkToken, readLinkToken } from './link-token.js';
import { QuoteLinks } from './quote-links.service.js';

/** Somebody who came with a link. */
export type Visitor = Pick<FastifyRequest, 'id' | 'ip' | 'abortSignal' | 'method'>;

/** Where a link led to. */
export interface Visit {
  token: LinkToken;
  quoteId: string;
  tenant: TenantEntry;
}

/** A visitor has no credential and no name in the audit log; the request's id and address stand there. */
const ACTOR = { type: 'system', id: 'quote-link' } as const;

/** Lets visitors in by their link, into the tenant that it is of and no other, in a transaction of its own. */
@Injectable()
export class Visits {
  constructor(
    private readonly directory: TenantDirectory,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly links: QuoteLinks,
    private readonly failures: SignInFailures,
  ) {}

  /**
   * Throws `QUOTE_LINK_NOT_FOUND`, whatever is wrong with the link: guessed, revoked, or of a tenant that is not served. Who
   * guesses is soon answered `RATE_LIMITED`, before anything is looked up.
   */
  async enter<T>(text: string, visitor: Visitor, work: (visit: Visit) => Promise<T>): Promise<T> {
    await this.failures.refuseExhausted(visitor.ip);
    try {
      return await this.follow(text, visitor, work);
    } catch (error) {
      if (isNoLink(error)) await this.failures.note(visitor.ip);
      throw error;
    }
  }

  private async follow<T>(text: string, visitor: Visitor, work: (visit: Visit) => Promise<T>): Promise<T> {
    const token = readLinkToken(text);
    const tenant = token && (await this.directory.find(token.tenantId));
    if (!tenant || tenant.status !== 'active' || !tenant.features.has('quoting'))
      throw quotingProblems.linkNotFound();
    const { id: requestId, ip, abortSignal } = visitor;
    const options = { access: 'write', ...(abortSignal && { signal: abortSignal }) } as const;
    return this.context.run({ tenantId: tenant.id, actor: ACTOR, requestId, ip }, () =>
      this.transactions.withTenant(tenant.id, options, async () => {
        const link = await this.links.byDigest(token);
        if (!link) throw quotingProblems.linkNotFound();
        return work({ token, tenant, quoteId: link.quoteId });
      }),
    );
  }
}

const isNoLink = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === quotingProblems.linkNotFound.code;
