import { type SQL, and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { TenantDatabase } from '../../database/index.js';
import type { SpecType } from '../services/services.schema.js';
import { specs } from './specs.schema.js';

/** What the choice among the specifications of a service needs to know of each: not the document. */
export interface SpecCandidate {
  id: string;
  serviceId: string;
  version: string;
  contentSha: Buffer;
  specType: SpecType;
}

/** Enough to find a version's neighbours, however long a service has been uploading. */
const MAX_CANDIDATES = 1_000;

export interface SpecPlace {
  branch?: string | undefined;
  environment?: string | undefined;
}

/**
 * Which specifications do these services have? The newest first, but those of the environment before those of none, and
 * the main branch before others.
 */
export function candidatesOf(
  db: TenantDatabase,
  serviceIds: string[],
  { branch, environment }: SpecPlace = {},
): Promise<SpecCandidate[]> {
  const filters: (SQL | undefined)[] = [
    inArray(specs.serviceId, serviceIds),
    isNull(specs.deletedAt),
    branch === undefined ? undefined : eq(specs.branch, branch),
    environment === undefined ? undefined : inArray(specs.environment, [environment, '']),
  ];
  return db
    .select({
      id: specs.id,
      serviceId: specs.serviceId,
      version: specs.version,
      contentSha: specs.contentSha,
      specType: specs.specType,
    })
    .from(specs)
    .where(and(...filters))
    .orderBy(
      sql`${specs.environment} = ${environment ?? ''} desc`,
      sql`${specs.branch} = 'main' desc`,
      desc(specs.uploadedAt),
      desc(specs.id),
    )
    .limit(MAX_CANDIDATES * serviceIds.length);
}
