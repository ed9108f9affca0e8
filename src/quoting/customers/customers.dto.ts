import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
} from 'class-validator';
import type { Metadata, MetadataFilter } from '../../database/index.js';
import {
  HasNoDuplicates,
  IsMetadata,
  IsMetadataFilter,
  MayBeAbsent,
  PageQuery,
  WellFormed,
} from '../../http/index.js';
import { OptionalText } from '../fields.js';
import { IsSearch, IsSort } from '../lists.js';
import { CUSTOMER_STATUSES, CUSTOMER_TYPES } from './customers.schema.js';

const MAX_NAME = 255;
const MAX_SHORT = 100;
const MAX_URL = 2_000;
const MAX_TAGS = 20;
const MAX_TAG = 64;
const WEBSITE = { protocols: ['http', 'https'], require_protocol: true };

export class CustomersQuery extends PageQuery {
  /** In the number, the names, or the email. @example acme */
  @IsSearch()
  q?: string;

  @IsOptional()
  @IsIn(CUSTOMER_STATUSES)
  @ApiProperty({ enum: CUSTOMER_STATUSES, required: false })
  status?: (typeof CUSTOMER_STATUSES)[number];

  @IsOptional()
  @IsIn(CUSTOMER_TYPES)
  @ApiProperty({ enum: CUSTOMER_TYPES, required: false })
  type?: (typeof CUSTOMER_TYPES)[number];

  /** @example vip */
  @IsOptional()
  @IsString()
  @Length(1, MAX_TAG)
  tag?: string;

  @IsSort(['createdAt', 'companyName'])
  sort: string = '-createdAt';

  @IsOptional()
  @IsMetadataFilter()
  metadata?: MetadataFilter;
}

class CustomerFields {
  @OptionalText(MAX_NAME, 'Acme Corporation')
  legalName?: string | null;

  @MayBeAbsent()
  @IsIn(CUSTOMER_STATUSES)
  @ApiProperty({ enum: CUSTOMER_STATUSES, required: false })
  status?: (typeof CUSTOMER_STATUSES)[number];

  @MayBeAbsent()
  @IsIn(CUSTOMER_TYPES)
  @ApiProperty({ enum: CUSTOMER_TYPES, required: false })
  type?: (typeof CUSTOMER_TYPES)[number];

  @OptionalText(MAX_SHORT, 'Retail')
  industry?: string | null;

  @OptionalText(MAX_URL, 'https://acme.example')
  @IsUrl(WEBSITE)
  website?: string | null;

  @OptionalText(MAX_NAME, 'office@acme.example')
  @WellFormed()
  @IsEmail()
  email?: string | null;

  @OptionalText(MAX_SHORT, '+49 30 1234567')
  phone?: string | null;

  @OptionalText(MAX_SHORT, 'DE123456789')
  taxId?: string | null;

  @OptionalText(MAX_NAME, 'Main Street 1')
  addressLine1?: string | null;

  @OptionalText(MAX_NAME, 'Back yard')
  addressLine2?: string | null;

  @OptionalText(MAX_SHORT, 'Berlin')
  city?: string | null;

  @OptionalText(MAX_SHORT, 'Berlin')
  region?: string | null;

  @OptionalText(MAX_SHORT, '10115')
  postalCode?: string | null;

  @OptionalText(2, 'DE')
  @Matches(/^[A-Z]{2}$/, { message: '$property must be two capital letters, such as DE' })
  country?: string | null;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @HasNoDuplicates()
  @IsString({ each: true })
  @Length(1, MAX_TAG, { each: true })
  @ApiProperty({ type: [String], required: false, example: ['vip'] })
  tags?: string[];

  @MayBeAbsent()
  @IsMetadata()
  @ApiProperty({ type: Object, required: false, example: { source: 'fair' } })
  metadata?: Metadata;
}

export class CreateCustomerDto extends CustomerFields {
  /** @example "Acme Corp" */
  @IsString()
  @Length(1, MAX_NAME)
  companyName!: string;
}

/** A value sets, null clears, absence leaves. The number stays. */
export class UpdateCustomerDto extends CustomerFields {
  /** @example "Acme Corp" */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_NAME)
  companyName?: string;
}

export class CustomerDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example CUST-0001 */
  number!: string;
  /** @example "Acme Corp" */
  companyName!: string;
  @ApiProperty({ type: String, nullable: true, example: 'Acme Corporation' })
  legalName!: string | null;
  @ApiProperty({ enum: CUSTOMER_STATUSES })
  status!: (typeof CUSTOMER_STATUSES)[number];
  @ApiProperty({ enum: CUSTOMER_TYPES })
  type!: (typeof CUSTOMER_TYPES)[number];
  @ApiProperty({ type: String, nullable: true, example: 'Retail' })
  industry!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'https://acme.example' })
  website!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'office@acme.example' })
  email!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '+49 30 1234567' })
  phone!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'DE123456789' })
  taxId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Main Street 1' })
  addressLine1!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  addressLine2!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Berlin' })
  city!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Berlin' })
  region!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '10115' })
  postalCode!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'DE' })
  country!: string | null;
  @ApiProperty({ type: [String], example: ['vip'] })
  tags!: string[];
  @ApiProperty({ type: Object, example: { source: 'fair' } })
  metadata!: Metadata;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
