import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import type { Dependency } from '../verification/task-derivation.js';
import { dependencies } from './dependencies.schema.js';

/** Remembers who asks things of whom, and how many things. */
@Injectable()
export class DependencyCounts {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  /**
   * Counts what is new, and answers whose it is. Recordings of one pair wait here for each other, so that none reads a
   * count without the interactions that belong to it.
   */
  async add(recorded: { dependency: Dependency; isNew: boolean }[]): Promise<Dependency[]> {
    const { tenantId } = this.context.current;
    const news = Map.groupBy(
      recorded.filter(({ isNew }) => isNew),
      ({ dependency }) => keyOf(dependency),
    );
    const seen = inOneOrder(recorded.map(({ dependency }) => dependency));
    await this.db
      .insert(dependencies)
      .values(
        seen.map((dependency) => ({
          tenantId,
          id: newId(),
          consumerId: dependency.consumer,
          consumerVersion: dependency.consumerVersion,
          providerId: dependency.provider,
          interactions: news.get(keyOf(dependency))?.length ?? 0,
          firstSeenAt: sql`now()`,
          lastSeenAt: sql`now()`,
        })),
      )
      .onConflictDoUpdate({
        target: [
          dependencies.tenantId,
          dependencies.consumerId,
          dependencies.consumerVersion,
          dependencies.providerId,
        ],
        set: {
          interactions: sql`${dependencies.interactions} + excluded.interactions`,
          lastSeenAt: sql`now()`,
        },
      });
    return seen.filter((dependency) => news.has(keyOf(dependency)));
  }
}

const keyOf = ({ consumer, consumerVersion, provider }: Dependency) =>
  JSON.stringify([consumer, consumerVersion, provider]);

/** Each once; two recordings of the same ones do not wait for each other crosswise. */
function inOneOrder(seen: Dependency[]): Dependency[] {
  const byKey = new Map(seen.map((dependency) => [keyOf(dependency), dependency]));
  return [...byKey.keys()].toSorted().map((key) => byKey.get(key)!);
}
