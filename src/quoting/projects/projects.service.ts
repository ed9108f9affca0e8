import { Injectable } from '@nestjs/common';
import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, matchesMetadata, newId, rowVersion } from '../../database/index.js';
import { type Page, type Precondition, pageOf, withETag } from '../../http/index.js';
import { MembersService } from '../../identity/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { holdCustomer, isQuoted } from '../customers/customers.queries.js';
import { has, mentions, orderOf } from '../lists.js';
import { catalogueProblems } from '../catalogue.problems.js';
import { refusedBy } from '../refused-by.js';
import type { CreateProjectDto, ProjectDto, ProjectsQuery, UpdateProjectDto } from './projects.dto.js';
import { projects } from './projects.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...COLUMNS } = getTableColumns(projects);
const VERSIONED = { ...COLUMNS, etag: rowVersion(projects) };
const SORTABLE = {
  table: projects,
  columns: { createdAt: projects.id, code: projects.code, name: projects.name },
};

/** The projects of the calling tenant. */
@Injectable()
export class ProjectsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly members: MembersService,
  ) {}

  async list(query: ProjectsQuery): Promise<Page<ProjectDto>> {
    const order = orderOf('projects', SORTABLE, query);
    const rows = await this.db
      .select(COLUMNS)
      .from(projects)
      .where(
        and(
          isNull(projects.deletedAt),
          mentions(query.q, projects.code, projects.name),
          has(projects.customerId, query.customer),
          has(projects.status, query.status),
          has(projects.ownerId, query.owner),
          matchesMetadata(projects.metadata, query.metadata),
          order.behind,
        ),
      )
      .orderBy(...order.by)
      .limit(query.limit + 1);
    return pageOf(order.name, query, rows);
  }

  async get(id: string): Promise<ProjectDto> {
    const [row] = await this.db.select(VERSIONED).from(projects).where(live(id));
    if (!row) throw catalogueProblems.projectNotFound();
    return withETag(row);
  }

  async create(dto: CreateProjectDto): Promise<ProjectDto> {
    const { tenantId } = this.context.current;
    const id = newId();
    await holdCustomer(this.db, dto.customerId);
    await this.refuseStrangers(dto);
    const [row] = await this.db
      .insert(projects)
      .values({ ...dto, tenantId, id })
      .returning(VERSIONED)
      .catch(refusal(dto));
    await this.record('create', id, { ...dto });
    return withETag(row!);
  }

  async update(id: string, dto: UpdateProjectDto, ifMatch: Precondition): Promise<ProjectDto> {
    await this.lock(id, ifMatch);
    await this.refuseStrangers(dto);
    const [row] = await this.db
      .update(projects)
      .set({ ...dto, updatedAt: sql`now()` })
      .where(live(id))
      .returning(VERSIONED)
      .catch(refusal(dto));
    await this.record('update', id, { ...dto });
    return withETag(row!);
  }

  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const { code } = await this.lock(id, ifMatch);
    if (await isQuoted(this.db, { projectId: id })) throw catalogueProblems.projectHasQuotes(code);
    await Promise.all([
      this.db
        .update(projects)
        .set({ deletedAt: sql`now()` })
        .where(live(id)),
      this.record('remove', id, { code }),
    ]);
  }

  private async refuseStrangers({ ownerId }: UpdateProjectDto): Promise<void> {
    if (ownerId && !(await this.members.isMember(ownerId))) throw catalogueProblems.ownerNotMember();
  }

  private async lock(id: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(projects).where(live(id)).for('update');
    if (!row) throw catalogueProblems.projectNotFound();
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({ action: `projects.${verb}`, entityType: 'project', entityId, newValues });
  }
}

const live = (id: string) => and(eq(projects.id, id), isNull(projects.deletedAt));

const refusal = ({ code = '' }: UpdateProjectDto) =>
  refusedBy({
    projects_code_live: () => catalogueProblems.projectExists(code),
    projects_time_in_order: catalogueProblems.periodReversed,
  });
