import { Injectable } from '@nestjs/common';
import { and, asc, count, desc, eq, isNull, lt, max, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { TenantDatabase } from '../../database/index.js';
import { type Page, pageOf, positionOf } from '../../http/index.js';
import { Participants } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import type { DependenciesQuery, DependencyDto, GraphDto } from './dependencies.dto.js';
import { dependencies } from './dependencies.schema.js';

const consumers = alias(services, 'consumers');
const providers = alias(services, 'providers');

/** Of one answer. */
const MAX_SERVICES = 1_000;
const MAX_CALLS = 5_000;

/** Who calls whom, in the calling tenant. */
@Injectable()
export class DependenciesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly participants: Participants,
  ) {}

  async list(query: DependenciesQuery): Promise<Page<DependencyDto>> {
    const after = positionOf('dependencies', query);
    const serviceId = query.service === undefined ? undefined : await this.participants.idOf(query.service);
    const rows = await this.db
      .select({
        id: dependencies.id,
        consumer: consumers.name,
        consumerVersion: dependencies.consumerVersion,
        provider: providers.name,
        firstSeenAt: dependencies.firstSeenAt,
        lastSeenAt: dependencies.lastSeenAt,
      })
      .from(dependencies)
      .innerJoin(consumers, isConsumer)
      .innerJoin(providers, isProvider)
      .where(
        and(
          serviceId === undefined
            ? undefined
            : or(eq(dependencies.consumerId, serviceId), eq(dependencies.providerId, serviceId)),
          after === undefined ? undefined : lt(dependencies.id, after),
        ),
      )
      .orderBy(desc(dependencies.id))
      .limit(query.limit + 1);
    return pageOf('dependencies', query, rows);
  }

  async graph(): Promise<GraphDto> {
    const [nodes, calls] = await Promise.all([
      this.db
        .select({ name: services.name })
        .from(services)
        .where(isNull(services.deletedAt))
        .orderBy(asc(services.name))
        .limit(MAX_SERVICES + 1),
      this.db
        .select({
          consumer: consumers.name,
          provider: providers.name,
          versions: count(),
          lastSeenAt: max(dependencies.lastSeenAt),
        })
        .from(dependencies)
        .innerJoin(consumers, isConsumer)
        .innerJoin(providers, isProvider)
        .groupBy(consumers.name, providers.name)
        .orderBy(asc(consumers.name), asc(providers.name))
        .limit(MAX_CALLS + 1),
    ]);
    return {
      services: nodes.slice(0, MAX_SERVICES),
      calls: calls.slice(0, MAX_CALLS).map((call) => ({ ...call, lastSeenAt: call.lastSeenAt! })),
      complete: nodes.length <= MAX_SERVICES && calls.length <= MAX_CALLS,
    };
  }
}

const isConsumer = and(eq(consumers.id, dependencies.consumerId), isNull(consumers.deletedAt));
const isProvider = and(eq(providers.id, dependencies.providerId), isNull(providers.deletedAt));
