import { Injectable } from '@nestjs/common';
import { TenantContext, TenantDirectory } from '../../tenancy/index.js';
import type { QuoteRules } from './quote-states.js';

/** The tenant's setting `quoting.sendingRequiresApproval`: true unless it is false. */
export function quoteRulesOf(settings: Readonly<Record<string, unknown>>): QuoteRules {
  const { quoting } = settings as { quoting?: { sendingRequiresApproval?: unknown } | null };
  return { sendingRequiresApproval: quoting?.sendingRequiresApproval !== false };
}

/** How the calling tenant has it; known without asking the database, and live. */
@Injectable()
export class TenantQuoteRules {
  constructor(
    private readonly context: TenantContext,
    private readonly directory: TenantDirectory,
  ) {}

  async current(): Promise<QuoteRules> {
    const tenant = await this.directory.find(this.context.current.tenantId);
    return quoteRulesOf(tenant?.settings ?? {});
  }
}
