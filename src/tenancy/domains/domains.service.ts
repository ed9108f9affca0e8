import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, getTableColumns, isNull, lt, sql } from 'drizzle-orm';
import { ControlDatabase, Transactions, isViolationOf, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog } from '../audit-log/audit-log.service.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { TenantContext } from '../tenant-context.js';
import { type FailureReason, failureReason, verificationRecord } from './domain-name.js';
import { type DomainDto, type VerifiedDomainDto, toDomainDto } from './domains.dto.js';
import { tenantDomains } from './tenant-domains.schema.js';
import { TxtLookup } from './txt-lookup.js';

const TOKEN_BYTES = 20;

const VERSIONED = { ...getTableColumns(tenantDomains), etag: rowVersion(tenantDomains) };

type DomainRow = typeof tenantDomains.$inferSelect & { etag: string };

/** The domains of the calling tenant: on the control plane, where no policy stands guard, so every query names the tenant. */
@Injectable()
export class DomainsService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly dns: TxtLookup,
  ) {}

  async list(query: PageQuery): Promise<Page<DomainDto>> {
    const after = positionOf('domains', query);
    const rows = await this.db
      .select()
      .from(tenantDomains)
      .where(and(this.own(), after === undefined ? undefined : lt(tenantDomains.id, after)))
      .orderBy(desc(tenantDomains.id))
      .limit(query.limit + 1);
    return pageOf('domains', query, rows.map(toDomainDto));
  }

  async get(id: string): Promise<DomainDto> {
    return answer(await this.find(id));
  }

  /** Any tenant may claim any domain: who has it is told only to somebody who controls its DNS. */
  async create(domain: string): Promise<DomainDto> {
    const { tenantId } = this.context.current;
    const verificationToken = randomBytes(TOKEN_BYTES).toString('hex');
    const [row] = await this.db
      .insert(tenantDomains)
      .values({ tenantId, domain, verificationToken })
      .returning(VERSIONED)
      .catch((error: unknown) => {
        throw isViolationOf(error, 'tenant_domains_live') ? tenancyProblems.domainExists(domain) : error;
      });
    await this.record('create', row!.id, {}, { domain });
    return answer(row!);
  }

  /** Reads, asks the DNS, writes: two short transactions of its own, none while the DNS takes its time. */
  async verify(id: string): Promise<VerifiedDomainDto> {
    const { domain, verificationToken } = await this.transactions.withControl({ access: 'read' }, () =>
      this.find(id),
    );
    const record = verificationRecord(domain, verificationToken);
    const reason = failureReason(await this.dns.find(record.name), record);
    return this.transactions.withControl({ access: 'write' }, () => this.store(id, reason));
  }

  async remove(id: string, ifMatch: Precondition): Promise<void> {
    const old = await this.find(id, 'update');
    ifMatch.refuseStale(old);
    const { domain, status } = old;
    await this.db
      .update(tenantDomains)
      .set({ deletedAt: sql`now()` })
      .where(this.own(id));
    await this.record('remove', id, { domain, status });
  }

  private async store(id: string, reason: FailureReason | undefined): Promise<VerifiedDomainDto> {
    const old = await this.find(id, 'update'); // it may have been removed meanwhile
    const found = { status: 'verified' as const, verifiedAt: sql`now()` };
    const [row] = await this.db
      .update(tenantDomains)
      .set(reason ? { status: 'failed' } : found)
      .where(this.own(id))
      .returning(VERSIONED)
      .catch((error: unknown) => {
        throw isViolationOf(error, 'tenant_domains_verified')
          ? tenancyProblems.domainTaken(old.domain)
          : error;
      });
    const { domain, status } = row!;
    await this.record(
      'verify',
      id,
      { domain, status: old.status },
      { domain, status, ...(reason && { reason }) },
    );
    return { ...answer(row!), reason: reason ?? null };
  }

  private async find(id: string, lock?: 'update'): Promise<DomainRow> {
    const query = this.db.select(VERSIONED).from(tenantDomains).where(this.own(id));
    const [row] = await (lock ? query.for(lock) : query);
    if (!row) throw tenancyProblems.domainNotFound();
    return row;
  }

  private own(id?: string) {
    return and(
      eq(tenantDomains.tenantId, this.context.current.tenantId),
      isNull(tenantDomains.deletedAt),
      id === undefined ? undefined : eq(tenantDomains.id, id),
    );
  }

  private record(
    verb: string,
    entityId: string,
    oldValues: Record<string, unknown>,
    newValues: Record<string, unknown> = {},
  ): Promise<void> {
    return this.audit.record({
      action: `domains.${verb}`,
      entityType: 'domain',
      entityId,
      oldValues,
      newValues,
    });
  }
}

const answer = (row: DomainRow): DomainDto => withETag({ ...toDomainDto(row), etag: row.etag });
