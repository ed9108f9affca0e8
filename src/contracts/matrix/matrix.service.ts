import { Injectable } from '@nestjs/common';
import { and, desc, eq, gt, isNull, lt, notExists } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { TenantDatabase } from '../../database/index.js';
import { type Page, pageOf, positionOf } from '../../http/index.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { Participants } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import { verificationResults } from '../verification/verification.schema.js';
import type { MatrixCellDto, MatrixQuery } from './matrix.dto.js';

const consumers = alias(services, 'consumers');
const newer = alias(verificationResults, 'newer');
const r = verificationResults;

/** Consumer versions by provider versions, in the calling tenant. */
@Injectable()
export class MatrixService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly participants: Participants,
    private readonly environments: EnvironmentsService,
  ) {}

  /**
   * Walks the results from the newest on and skips those that a newer one of the same two versions replaced: a page costs
   * what it shows, however large the matrix is.
   */
  async list(query: MatrixQuery): Promise<Page<MatrixCellDto>> {
    const after = positionOf('matrix', query);
    const { consumer, provider, environment } = query;
    const [consumerId, providerId, environmentId] = await Promise.all([
      consumer === undefined ? undefined : this.participants.idOf(consumer),
      provider === undefined ? undefined : this.participants.idOf(provider),
      environment === undefined ? undefined : this.environments.idOf(environment),
    ]);
    const rows = await this.db
      .select({
        id: r.id,
        consumer: consumers.name,
        consumerVersion: r.consumerVersion,
        provider: services.name,
        providerVersion: r.providerVersion,
        outcome: r.outcome,
        taskId: r.taskId,
        submittedAt: r.submittedAt,
      })
      .from(r)
      .innerJoin(services, and(eq(services.id, r.providerId), isNull(services.deletedAt)))
      .innerJoin(consumers, and(eq(consumers.id, r.consumerId), isNull(consumers.deletedAt)))
      .where(
        and(
          consumerId === undefined ? undefined : eq(r.consumerId, consumerId),
          providerId === undefined ? undefined : eq(r.providerId, providerId),
          environmentId === undefined ? undefined : eq(r.environmentId, environmentId),
          after === undefined ? undefined : lt(r.id, after),
          notExists(this.newerOf(environmentId)),
        ),
      )
      .orderBy(desc(r.id))
      .limit(query.limit + 1);
    return pageOf('matrix', query, rows);
  }

  private newerOf(environmentId: string | undefined) {
    return this.db
      .select({ id: newer.id })
      .from(newer)
      .where(
        and(
          eq(newer.consumerId, r.consumerId),
          eq(newer.consumerVersion, r.consumerVersion),
          eq(newer.providerId, r.providerId),
          eq(newer.providerVersion, r.providerVersion),
          environmentId === undefined ? undefined : eq(newer.environmentId, environmentId),
          gt(newer.id, r.id),
        ),
      );
  }
}
