import { Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { type RecordedExchange, checkExchange, requestBudget } from './check.js';
import { CompiledSpecs } from './compiled-specs.js';
import { pause } from './document/pause.js';
import { nearestSpec } from './nearest-spec.js';
import type { CompiledDocument } from './operations.js';
import { type SpecCandidate, candidatesOf } from './specs.queries.js';
import { specs } from './specs.schema.js';
import type { Violation } from './violation.js';

interface SentExchange extends RecordedExchange {
  /** The provider's name. */
  service: string;
  serviceVersion?: string;
}

interface ProviderVersion {
  serviceId: string;
  version: string | undefined;
}

/** Checks recordings against what their providers promise. */
@Injectable()
export class SpecCheck {
  private readonly compiled = new CompiledSpecs();

  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  /**
   * Where each contradicts the specification of its provider, in their order; null: nothing describes that one. All draw
   * from one budget, in turns with other requests.
   */
  async check(
    exchanges: SentExchange[],
    serviceIds: ReadonlyMap<string, string>,
  ): Promise<(Violation[] | null)[]> {
    const providers = exchanges.map(({ service, serviceVersion }): ProviderVersion | undefined => {
      const serviceId = serviceIds.get(service);
      return serviceId === undefined ? undefined : { serviceId, version: serviceVersion };
    });
    const documents = await this.documentsOf(providers.filter((provider) => provider !== undefined));
    const purse = requestBudget();
    const rest = pause();
    const checked: (Violation[] | null)[] = [];
    for (const [index, exchange] of exchanges.entries()) {
      const turn = rest();
      if (turn) await turn;
      const provider = providers[index];
      const document = provider && documents.get(keyOf(provider));
      checked.push(document ? checkExchange(document, exchange, purse) : null);
    }
    return checked;
  }

  /** By provider and version. */
  private async documentsOf(providers: ProviderVersion[]): Promise<Map<string, CompiledDocument>> {
    const chosen = await this.choose(providers);
    const checkable = [...chosen.values()].filter(({ specType }) => specType === 'openapi');
    const documents = await this.load([...new Map(checkable.map((each) => [each.id, each])).values()]);
    const known = [...chosen].map(([key, { id }]) => [key, documents.get(id)] as const);
    return new Map(known.filter((entry): entry is [string, CompiledDocument] => entry[1] !== undefined));
  }

  private async choose(providers: ProviderVersion[]): Promise<Map<string, SpecCandidate>> {
    const ids = [...new Set(providers.map(({ serviceId }) => serviceId))];
    const byService = Map.groupBy(
      ids.length === 0 ? [] : await candidatesOf(this.db, ids),
      ({ serviceId }) => serviceId,
    );
    const chosen = new Map<string, SpecCandidate>();
    for (const provider of providers) {
      const nearest = nearestSpec(provider.version, byService.get(provider.serviceId) ?? []);
      if (nearest) chosen.set(keyOf(provider), nearest.spec);
    }
    return chosen;
  }

  private async load(candidates: SpecCandidate[]): Promise<Map<string, CompiledDocument>> {
    const { tenantId } = this.context.current;
    const documents = new Map<string, CompiledDocument>();
    const missing: SpecCandidate[] = [];
    for (const candidate of candidates) {
      const known = this.compiled.get(tenantId, shaOf(candidate));
      if (known) documents.set(candidate.id, known);
      else missing.push(candidate);
    }
    // One after the other: each may be megabytes.
    for (const candidate of missing) {
      const document = await this.read(candidate, tenantId);
      if (document) documents.set(candidate.id, document);
    }
    return documents;
  }

  private async read(candidate: SpecCandidate, tenantId: string): Promise<CompiledDocument | undefined> {
    const [row] = await this.db
      .select({ spec: specs.spec, bytes: sql<number>`octet_length(${specs.spec}::text)` })
      .from(specs)
      .where(eq(specs.id, candidate.id));
    return row && this.compiled.add(tenantId, shaOf(candidate), row.spec, row.bytes);
  }
}

const keyOf = ({ serviceId, version = '' }: ProviderVersion) => `${serviceId} ${version}`;
const shaOf = ({ contentSha }: SpecCandidate) => contentSha.toString('hex');
