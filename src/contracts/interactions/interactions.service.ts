import { Injectable } from '@nestjs/common';
import { type SQL, and, desc, eq, isNull, lt } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { TenantDatabase, rowVersion } from '../../database/index.js';
import { type Page, pageOf, positionOf, withETag } from '../../http/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { idNamed } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import type { InteractionDto, InteractionSummaryDto, InteractionsQuery } from './interactions.dto.js';
import { interactions } from './interactions.schema.js';

const consumers = alias(services, 'consumers');

const SUMMARY = {
  id: interactions.id,
  service: services.name,
  serviceVersion: interactions.serviceVersion,
  consumer: consumers.name,
  consumerVersion: interactions.consumerVersion,
  environment: interactions.environment,
  operation: interactions.operation,
  timestamp: interactions.recordedAt,
  duration: interactions.durationMs,
  violations: interactions.violations,
};
const MESSAGES = {
  request: interactions.request,
  response: interactions.response,
  clientInfo: interactions.clientInfo,
};

/** The recorded interactions of the calling tenant. */
@Injectable()
export class InteractionsService {
  constructor(private readonly db: TenantDatabase) {}

  async list(query: InteractionsQuery): Promise<Page<InteractionSummaryDto | InteractionDto>> {
    const after = positionOf('interactions', query);
    const columns = query.include === 'messages' ? { ...SUMMARY, ...MESSAGES } : SUMMARY;
    const rows = await this.db
      .select(columns)
      .from(interactions)
      .innerJoin(services, eq(services.id, interactions.serviceId))
      .innerJoin(consumers, eq(consumers.id, interactions.consumerId))
      .where(and(...filtersOf(query), LIVE, after === undefined ? undefined : lt(interactions.id, after)))
      .orderBy(desc(interactions.id))
      .limit(query.limit + 1);
    return pageOf('interactions', query, rows);
  }

  async get(id: string): Promise<InteractionDto> {
    const [row] = await this.db
      .select({ ...SUMMARY, ...MESSAGES, etag: rowVersion(interactions) })
      .from(interactions)
      .innerJoin(services, eq(services.id, interactions.serviceId))
      .innerJoin(consumers, eq(consumers.id, interactions.consumerId))
      .where(and(eq(interactions.id, id), LIVE));
    if (!row) throw contractsProblems.interactionNotFound();
    return withETag(row);
  }
}

/** What was recorded of a service that is gone is found by nobody. */
const LIVE = and(isNull(interactions.deletedAt), isNull(services.deletedAt), isNull(consumers.deletedAt));

const filtersOf = (query: InteractionsQuery): (SQL | undefined)[] => [
  query.provider === undefined ? undefined : eq(interactions.serviceId, idNamed(query.provider)),
  query.consumer === undefined ? undefined : eq(interactions.consumerId, idNamed(query.consumer)),
  query.consumerVersion === undefined ? undefined : eq(interactions.consumerVersion, query.consumerVersion),
  query.environment === undefined ? undefined : eq(interactions.environment, query.environment),
  query.operation === undefined ? undefined : eq(interactions.operation, query.operation),
];
