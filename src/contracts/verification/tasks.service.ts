import { Injectable } from '@nestjs/common';
import { type SQL, and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { TenantDatabase, rowVersion } from '../../database/index.js';
import { type Page, pageOf, positionOf, withETag } from '../../http/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { environments } from '../environments/environments.schema.js';
import { idNamed } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import type { TaskDetailDto, TaskDto, TasksQuery } from './verification.dto.js';
import { verificationTasks } from './verification.schema.js';

const providers = alias(services, 'providers');
const consumers = alias(services, 'consumers');

const COLUMNS = {
  id: verificationTasks.id,
  provider: providers.name,
  providerVersion: verificationTasks.providerVersion,
  consumer: consumers.name,
  consumerVersion: verificationTasks.consumerVersion,
  environment: environments.name,
  status: verificationTasks.status,
  interactionCount: sql<number>`jsonb_array_length(${verificationTasks.interactions})`,
  createdAt: verificationTasks.createdAt,
  updatedAt: verificationTasks.updatedAt,
};

/** The verification tasks of the calling tenant. */
@Injectable()
export class TasksService {
  constructor(private readonly db: TenantDatabase) {}

  async list(query: TasksQuery): Promise<Page<TaskDto>> {
    const after = positionOf('verification_tasks', query);
    const rows = await this.select(
      query.provider === undefined ? undefined : eq(verificationTasks.providerId, idNamed(query.provider)),
      query.consumer === undefined ? undefined : eq(verificationTasks.consumerId, idNamed(query.consumer)),
      query.environment === undefined ? undefined : eq(environments.name, query.environment),
      query.status === undefined ? undefined : eq(verificationTasks.status, query.status),
      after === undefined ? undefined : lt(verificationTasks.id, after),
    )
      .orderBy(desc(verificationTasks.id))
      .limit(query.limit + 1);
    return pageOf('verification_tasks', query, rows);
  }

  async get(id: string): Promise<TaskDetailDto> {
    const isThis = eq(verificationTasks.id, id);
    const [[task], [large]] = await Promise.all([
      this.select(isThis),
      this.db
        .select({ interactions: verificationTasks.interactions, etag: rowVersion(verificationTasks) })
        .from(verificationTasks)
        .where(isThis),
    ]);
    if (!task || !large) throw contractsProblems.taskNotFound();
    return withETag({ ...task, ...large });
  }

  private select(...conditions: (SQL | undefined)[]) {
    return this.db
      .select(COLUMNS)
      .from(verificationTasks)
      .innerJoin(providers, eq(providers.id, verificationTasks.providerId))
      .innerJoin(consumers, eq(consumers.id, verificationTasks.consumerId))
      .innerJoin(environments, eq(environments.id, verificationTasks.environmentId))
      .where(and(LIVE, ...conditions))
      .$dynamic();
  }
}

/** What is to be verified for a service, or in an environment, that is gone is found by nobody. */
const LIVE = and(
  isNull(verificationTasks.deletedAt),
  isNull(providers.deletedAt),
  isNull(consumers.deletedAt),
  isNull(environments.deletedAt),
);
