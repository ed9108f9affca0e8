import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, Transactions, newId, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { ApiKeyAuthenticator } from '../authentication/api-key.authenticator.js';
import { identityProblems } from '../identity.problems.js';
import type { Principal } from '../principal.js';
import { issueKey } from './api-key-secret.js';
import type { ApiKeyDto, CreateApiKeyDto, IssuedApiKeyDto, RotateApiKeyDto } from './api-keys.dto.js';
import { apiKeys } from './api-keys.schema.js';
import { refuseMoreThanHeld } from './grantable-scopes.js';

/** What leaves: never a digest. */
export const PUBLIC_COLUMNS = {
  id: apiKeys.id,
  name: apiKeys.name,
  publicId: apiKeys.publicId,
  scopes: apiKeys.scopes,
  createdBy: apiKeys.createdBy,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
  createdAt: apiKeys.createdAt,
};
const VERSIONED = { ...PUBLIC_COLUMNS, etag: rowVersion(apiKeys) };

/** The API keys of the calling tenant. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly audit: AuditLog,
    private readonly context: TenantContext,
    private readonly transactions: Transactions,
    private readonly authenticator: ApiKeyAuthenticator,
  ) {}

  async list(query: PageQuery): Promise<Page<ApiKeyDto>> {
    const after = positionOf('api_keys', query);
    const rows = await this.db
      .select(PUBLIC_COLUMNS)
      .from(apiKeys)
      .where(and(isNull(apiKeys.deletedAt), after === undefined ? undefined : lt(apiKeys.id, after)))
      .orderBy(desc(apiKeys.id))
      .limit(query.limit + 1);
    return pageOf('api_keys', query, rows);
  }

  async get(id: string): Promise<ApiKeyDto> {
    const [row] = await this.db.select(VERSIONED).from(apiKeys).where(live(id));
    if (!row) throw identityProblems.apiKeyNotFound();
    return withETag(row);
  }

  /** `scopes` were checked against what the maker holds. */
  async create(dto: CreateApiKeyDto, scopes: string[]): Promise<IssuedApiKeyDto> {
    const key = issueKey();
    const id = newId();
    const { tenantId, actor } = this.context.current;
    const values = {
      tenantId,
      id,
      name: dto.name,
      scopes,
      publicId: key.publicId,
      secretDigest: key.digest,
      createdBy: actor.id,
      expiresAt: dto.expiresAt,
    };
    // Neither needs the other's answer, so both leave in one write.
    const [[row]] = await Promise.all([
      this.db.insert(apiKeys).values(values).returning(VERSIONED),
      this.record('create', id, { name: dto.name, scopes, expiresAt: dto.expiresAt }),
    ]);
    return { ...withETag(row!), apiKey: key.text };
  }

  /** A second secret; the first keeps working for the overlap. */
  async rotate(
    id: string,
    { overlapSeconds }: RotateApiKeyDto,
    ifMatch: Precondition,
    by: Principal,
  ): Promise<IssuedApiKeyDto> {
    const old = await this.lock(id, ifMatch);
    if (old.revokedAt) throw identityProblems.apiKeyRevoked();
    refuseMoreThanHeld(by, old.scopes);
    const key = issueKey(old.publicId);
    const previousExpiresAt = sql`now() + make_interval(secs => ${overlapSeconds})`;
    const [row] = await this.db
      .update(apiKeys)
      .set({ previousDigest: sql`${apiKeys.secretDigest}`, previousExpiresAt, secretDigest: key.digest })
      .where(live(id))
      .returning(VERSIONED);
    await this.record('rotate', id, { overlapSeconds });
    return { ...withETag(row!), apiKey: key.text };
  }

  /** Ends the key at once, on every instance; it stays in the list as revoked. Revoking twice is no error. */
  async revoke(id: string, ifMatch: Precondition): Promise<void> {
    const old = await this.lock(id, ifMatch);
    await Promise.all([
      this.db
        .update(apiKeys)
        .set({ revokedAt: old.revokedAt ?? sql`now()` })
        .where(live(id)),
      this.record('revoke', id),
    ]);
  }

  /** For a change: whoever is answered that it is made finds it made. */
  private async lock(id: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(apiKeys).where(live(id)).for('update');
    if (!row) throw identityProblems.apiKeyNotFound();
    ifMatch.refuseStale(row);
    this.transactions.afterCommit(() => this.authenticator.forget(row.publicId));
    return row;
  }

  private record(verb: string, entityId: string, newValues?: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `api_keys.${verb}`,
      entityType: 'api_key',
      entityId,
      ...(newValues && { newValues }),
    });
  }
}

const live = (id: string) => and(eq(apiKeys.id, id), isNull(apiKeys.deletedAt));
