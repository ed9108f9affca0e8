import { ApiProperty, OmitType } from '@nestjs/swagger';
import {
  IsEmail,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import {
  TENANT_ISOLATIONS,
  TENANT_PLANS,
  TENANT_STATUSES,
  type TenantPlan,
  type TenantStatus,
  tenants,
} from '../../database/index.js';
import { MaxJsonBytes, WellFormed } from '../../http/index.js';

const MAX_SLUG = 63;
const MAX_NAME = 255;
const MAX_EMAIL = 320;
const MAX_REASON = 1_000;
const MAX_JSON_BYTES = 16 * 1024;
const DNS_LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** What a tenant may change of itself. A value sets, absence leaves, `null` clears. */
export class UpdateTenantDto {
  /** @example "Acme Ltd" */
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, MAX_NAME)
  name?: string;

  /** @example ops@acme.example */
  @IsOptional()
  @WellFormed()
  @IsEmail()
  @MaxLength(MAX_EMAIL)
  contactEmail?: string | null;

  /** Whatever the tenant wants to keep. @example {"locale":"en-GB"} */
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @MaxJsonBytes(MAX_JSON_BYTES)
  settings?: Record<string, unknown>;

  /** How the tenant looks. @example {"accent":"#0a7d5a"} */
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  @MaxJsonBytes(MAX_JSON_BYTES)
  branding?: Record<string, unknown>;
}

/** What an operator may change. */
export class AdminUpdateTenantDto extends UpdateTenantDto {
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(TENANT_PLANS)
  @ApiProperty({ enum: TENANT_PLANS, required: false })
  plan?: TenantPlan;
}

export class CreateTenantDto extends OmitType(AdminUpdateTenantDto, ['name'] as const) {
  /** A DNS label; unique among live tenants. @example acme */
  @IsString()
  @Length(1, MAX_SLUG)
  @Matches(DNS_LABEL, { message: 'slug must be a DNS label: lower-case letters, digits and inner hyphens' })
  slug!: string;

  /** @example "Acme Ltd" */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;

  /** Only `shared` is served for now. */
  @IsOptional()
  @IsIn(TENANT_ISOLATIONS)
  @ApiProperty({ enum: TENANT_ISOLATIONS, required: false, default: 'shared' })
  isolation?: (typeof TENANT_ISOLATIONS)[number];

  /** Where the data lives. @example eu */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,32}$/)
  dataRegion?: string;
}

/** Why a tenant is suspended, reactivated or archived. */
export class ReasonDto {
  /** Kept in the audit logs of the operators and of the tenant, which reads it. @example "Invoice 2026-114 unpaid for 60 days" */
  @IsString()
  @Length(1, MAX_REASON)
  reason!: string;
}

export class TenantDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example acme */
  slug!: string;
  /** @example "Acme Ltd" */
  name!: string;
  @ApiProperty({ enum: TENANT_STATUSES })
  status!: TenantStatus;
  @ApiProperty({ enum: TENANT_PLANS })
  plan!: TenantPlan;
  @ApiProperty({ enum: TENANT_ISOLATIONS })
  isolation!: string;
  /** @example eu */
  dataRegion!: string;
  /** Whatever the tenant wants to keep. @example {"locale":"en-GB"} */
  settings!: Record<string, unknown>;
  /** How the tenant looks. @example {"accent":"#0a7d5a"} */
  branding!: Record<string, unknown>;
  @ApiProperty({ type: String, nullable: true, example: 'ops@acme.example' })
  contactEmail!: string | null;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}

/** The row as it leaves: without `deleted_at`. */
export const toTenantDto = <R extends typeof tenants.$inferSelect>({ deletedAt: _deletedAt, ...row }: R) =>
  row;
