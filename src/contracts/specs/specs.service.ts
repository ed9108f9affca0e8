import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { type Page, pageOf, positionOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { Participants } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import { contentSha } from './content-sha.js';
import { documentProblems } from './document/document-problems.js';
import { nearestSpec } from './nearest-spec.js';
import type {
  FoundSpecDto,
  SpecQuery,
  SpecSummaryDto,
  SpecVersionsQuery,
  UploadSpecDto,
  UploadedSpecDto,
} from './specs.dto.js';
import { candidatesOf } from './specs.queries.js';
import { specs } from './specs.schema.js';
import { structuralDifference } from './structural-difference.js';

const COLUMNS = {
  id: specs.id,
  version: specs.version,
  branch: specs.branch,
  environment: specs.environment,
  specType: specs.specType,
  contentSha: specs.contentSha,
  uploadedBy: specs.uploadedBy,
  uploadedAt: specs.uploadedAt,
};

/** The descriptions of the calling tenant's services. */
@Injectable()
export class SpecsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly participants: Participants,
  ) {}

  async list(service: string, query: SpecVersionsQuery): Promise<Page<SpecSummaryDto>> {
    const list = `specs of ${service}`;
    const after = positionOf(list, query);
    const { branch, environment } = query;
    const rows = await this.db
      .select(COLUMNS)
      .from(specs)
      .where(
        and(
          eq(specs.serviceId, await this.participants.idOf(service)),
          isNull(specs.deletedAt),
          branch === undefined ? undefined : eq(specs.branch, branch),
          environment === undefined ? undefined : eq(specs.environment, environment),
          after === undefined ? undefined : lt(specs.id, after),
        ),
      )
      .orderBy(desc(specs.id))
      .limit(query.limit + 1);
    return pageOf(
      list,
      query,
      rows.map((row) => summaryOf(service, row)),
    );
  }

  async find(service: string, { version, branch, environment, include }: SpecQuery): Promise<FoundSpecDto> {
    const serviceId = await this.participants.idOf(service);
    const candidates = await candidatesOf(this.db, [serviceId], { branch, environment });
    const nearest = nearestSpec(version, candidates);
    if (!nearest) throw contractsProblems.specNotFound(service);
    const versioned = { ...COLUMNS, etag: rowVersion(specs) };
    const columns = include === 'spec' ? { ...versioned, spec: specs.spec } : versioned;
    const [row] = await this.db.select(columns).from(specs).where(eq(specs.id, nearest.spec.id));
    const { spec, etag, ...rest } = row as SpecRow & { etag: string; spec?: Record<string, unknown> };
    const { id } = rest;
    const found = { ...summaryOf(service, rest), match: nearest.match, ...(spec && { spec }) };
    // Another row may be the nearest tomorrow, or the same one be as near as another.
    return withETag({ ...found, etag: `${id}.${etag}.${nearest.match}` });
  }

  /**
   * Two pipelines that upload the same document at once both get it. What takes long with a large one comes before the
   * first query, so that no connection waits for it.
   */
  async upload(
    service: string,
    { version, branch, environment = '', spec }: UploadSpecDto,
    { replace }: { replace: boolean },
  ): Promise<UploadedSpecDto> {
    const problems = await documentProblems(spec);
    const sum = await contentSha(spec);
    const { id: serviceId, specType } = await this.findService(service);
    if (specType === 'openapi' && problems.length > 0) throw contractsProblems.specInvalid(problems);
    const { tenantId, actor } = this.context.current;
    const content = { spec, specType, contentSha: sum, uploadedBy: actor.id };
    await this.participants.ensureVersions([{ serviceId, version }]);
    const [created] = await this.db
      .insert(specs)
      .values({ ...content, tenantId, id: newId(), serviceId, version, branch, environment })
      .onConflictDoNothing({
        target: [specs.tenantId, specs.serviceId, specs.version, specs.branch, specs.environment],
        where: isNull(specs.deletedAt),
      })
      .returning(COLUMNS);
    if (created)
      return this.record('upload_spec', {
        ...summaryOf(service, created),
        created: true,
        replaced: false,
      });
    const there = await this.lock({ serviceId, version, branch, environment });
    if (there.contentSha.equals(sum))
      return { ...summaryOf(service, there), created: false, replaced: false };
    if (!replace) throw await this.conflict(there.id, spec);
    const [replaced] = await this.db
      .update(specs)
      .set({ ...content, uploadedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(specs.id, there.id))
      .returning(COLUMNS);
    return this.record('replace_spec', {
      ...summaryOf(service, replaced!),
      created: false,
      replaced: true,
    });
  }

  private async findService(name: string) {
    const [row] = await this.db
      .select({ id: services.id, specType: services.specType })
      .from(services)
      .where(and(eq(services.name, name), isNull(services.deletedAt)));
    if (!row) throw contractsProblems.serviceNotFound(name);
    return row;
  }

  private async lock(place: { serviceId: string; version: string; branch: string; environment: string }) {
    const [row] = await this.db
      .select(COLUMNS)
      .from(specs)
      .where(
        and(
          eq(specs.serviceId, place.serviceId),
          eq(specs.version, place.version),
          eq(specs.branch, place.branch),
          eq(specs.environment, place.environment),
          isNull(specs.deletedAt),
        ),
      )
      .for('update');
    return row!;
  }

  private async conflict(id: string, spec: Record<string, unknown>) {
    const [there] = await this.db.select({ spec: specs.spec }).from(specs).where(eq(specs.id, id));
    return contractsProblems.specExists(await structuralDifference(there!.spec, spec));
  }

  private async record(verb: string, uploaded: UploadedSpecDto): Promise<UploadedSpecDto> {
    const { service, version, branch, environment, contentSha: sha } = uploaded;
    await this.audit.record({
      action: `services.${verb}`,
      entityType: 'service',
      entityId: service,
      newValues: { version, branch, environment, contentSha: sha },
    });
    return uploaded;
  }
}

type SpecRow = Pick<typeof specs.$inferSelect, keyof typeof COLUMNS>;

function summaryOf(service: string, { environment, contentSha: sum, ...row }: SpecRow): SpecSummaryDto {
  return {
    ...row,
    service,
    environment: environment === '' ? null : environment,
    contentSha: sum.toString('hex'),
  };
}
