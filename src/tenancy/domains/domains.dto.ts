import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { FAILURE_REASONS, type FailureReason, normalizeDomain, verificationRecord } from './domain-name.js';
import { DOMAIN_STATUSES, type tenantDomains } from './tenant-domains.schema.js';

const IsDomain = () =>
  ValidateBy({
    name: 'isDomain',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && normalizeDomain(value) === value,
      defaultMessage: (context) => `${context?.property} must be a public domain name, such as app.acme.com`,
    },
  });

export class CreateDomainDto {
  /** Upper case and other scripts are kept in lower-case ASCII (IDNA). @example app.acme.com */
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (normalizeDomain(value) ?? value) : value,
  )
  @IsDomain()
  domain!: string;
}

export class DnsRecordDto {
  /** @example TXT */
  type!: string;
  /** @example _rowhouse.app.acme.com */
  name!: string;
  /** @example rowhouse-verification=3f9a0c6d1b7e4482a5d0c97be1f26d8034ab5c71 */
  value!: string;
}

export class DomainDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example app.acme.com */
  domain!: string;
  /** What the last verification found. */
  @ApiProperty({ enum: DOMAIN_STATUSES })
  status!: (typeof DOMAIN_STATUSES)[number];
  /** Publish this in the DNS of the domain, and leave it there. */
  dnsRecord!: DnsRecordDto;
  /** When the record was last found. */
  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T09:30:00.000Z' })
  verifiedAt!: string | null;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}

export class VerifiedDomainDto extends DomainDto {
  /** Why the status is `failed`: no TXT record under the name, or none with the value. */
  @ApiProperty({ enum: FAILURE_REASONS, nullable: true, type: String, example: null })
  reason!: FailureReason | null;
}

export const toDomainDto = (row: typeof tenantDomains.$inferSelect): DomainDto => ({
  id: row.id,
  domain: row.domain,
  status: row.status,
  dnsRecord: verificationRecord(row.domain, row.verificationToken),
  verifiedAt: row.verifiedAt,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
