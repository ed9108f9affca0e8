import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config/index.js';
import { TENANT_PLANS, type TenantPlan } from '../database/index.js';
import { type Count, QuotaCounter } from './quota-counter.js';
import { quotasOf } from './quotas.js';
import { policyHeader } from './rate-limit-headers.js';
import { SHARED_COUNTERS } from './shared-counters.provider.js';
import type { SharedCounters } from './shared-counters.js';

interface PlanLimits {
  tenant: QuotaCounter;
  credential: QuotaCounter;
  policies: string;
  personPolicies: string;
}

/** What became of one request: its counts, the one that refuses it last, and the policies as a header. */
export interface Turn {
  counts: Count[];
  policies: string;
}

/** Counts the requests of each tenant and of each of its credentials, by the tenant's plan. */
@Injectable()
export class RateLimits implements OnApplicationShutdown {
  private readonly plans: Record<TenantPlan, PlanLimits> | undefined;

  constructor(
    { limits }: Config,
    @Inject(SHARED_COUNTERS) private readonly shared: SharedCounters | undefined,
  ) {
    const { requestsPerMinute, credentialPercent } = limits;
    if (!requestsPerMinute) return;
    const plans = TENANT_PLANS.map((plan) => [
      plan,
      limitsOf(requestsPerMinute[plan], credentialPercent, this.shared),
    ]);
    this.plans = Object.fromEntries(plans) as Record<TenantPlan, PlanLimits>;
  }

  /** Undefined where there are no limits. A credential that floods does not use up its tenant's limit. */
  async take(plan: TenantPlan, tenantId: string, credentialId: string): Promise<Turn | undefined> {
    const limits = this.plans?.[plan];
    if (!limits) return undefined;
    const { tenant, credential, policies } = limits;
    const key = `${tenantId}:${credentialId}`;
    const ofCredential = credential.count(key);
    // In Redis both are counted in one round trip, as long as the credential is not known to have nothing left.
    const together =
      this.shared?.isReady && !credential.isExhausted(key) ? tenant.count(tenantId) : undefined;
    const first = await ofCredential;
    if (first.isRefused) {
      await together;
      return { counts: [first], policies };
    }
    return { counts: [first, await (together ?? tenant.count(tenantId))], policies };
  }

  /** Of somebody who acts in no tenant, a person or an address: as one credential of the smallest plan. */
  async takeOutside(whom: `${'person' | 'address'}:${string}`): Promise<Turn | undefined> {
    const limits = this.plans?.free;
    if (!limits) return undefined;
    const { credential, personPolicies } = limits;
    return { counts: [await credential.count(whom)], policies: personPolicies };
  }

  /** After the requests in flight. */
  onApplicationShutdown(): void {
    this.shared?.close();
  }
}

function limitsOf(
  requestsPerMinute: number,
  credentialPercent: number,
  shared: SharedCounters | undefined,
): PlanLimits {
  const { tenant, credential } = quotasOf(requestsPerMinute, credentialPercent);
  return {
    tenant: new QuotaCounter(tenant, shared),
    credential: new QuotaCounter(credential, shared),
    policies: policyHeader([credential, tenant]),
    personPolicies: policyHeader([credential]),
  };
}
