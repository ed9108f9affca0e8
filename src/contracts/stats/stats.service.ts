import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { Participants } from '../services/participants.js';
import { interactionStats, operationStats, overview, providerTasks } from './stats.queries.js';
import type { InteractionStatsDto, ServiceHealthDto, StatsDto } from './stats.dto.js';

/** Figures about the calling tenant. */
@Injectable()
export class StatsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly participants: Participants,
  ) {}

  async overview(): Promise<StatsDto> {
    const [[counts], tasks] = await Promise.all([overview(this.db), providerTasks(this.db)]);
    const { passed, total, open_tasks: openTasks, draft, approved, rejected, deprecated, ...rest } = counts!;
    return {
      counts: {
        services: rest.services,
        environments: rest.environments,
        interactions: rest.interactions,
        activeDeployments: rest.active_deployments,
        fixtures: { draft, approved, rejected, deprecated },
      },
      openTasks,
      pendingFixtures: draft,
      passRate: { passed, total, rate: total === 0 ? null : passed / total },
      health: tasks.map((row) => ({ ...row, state: stateOf(row) })),
    };
  }

  async ofProvider(name: string, days: number): Promise<InteractionStatsDto> {
    const serviceId = await this.participants.idOf(name);
    const since = sql`now() - make_interval(days => ${days})`;
    const [[totals], operations] = await Promise.all([
      interactionStats(this.db, serviceId, since),
      operationStats(this.db, serviceId, since),
    ]);
    return { days, ...totals!, operations };
  }
}

const stateOf = ({ failed, open }: Omit<ServiceHealthDto, 'state'>): ServiceHealthDto['state'] => {
  if (failed > 0) return 'failing';
  return open > 0 ? 'waiting' : 'passing';
};
