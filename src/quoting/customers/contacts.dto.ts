import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsString, IsUUID, Length } from 'class-validator';
import { IdParam, MayBeAbsent, PageQuery, WellFormed } from '../../http/index.js';
import { OptionalText } from '../fields.js';
import { IsFlag, IsSearch, IsSort } from '../lists.js';

const MAX_NAME = 255;
const MAX_SHORT = 100;

/** `:id` of the customer and `:contactId` of a path. */
export class ContactParams extends IdParam {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  @IsUUID('loose')
  contactId!: string;
}

export class ContactsQuery extends PageQuery {
  /** In the name, the role, or the email. @example ada */
  @IsSearch()
  q?: string;

  @IsFlag()
  isPrimary?: boolean;

  @IsSort(['createdAt', 'name'])
  sort: string = '-createdAt';
}

class ContactFields {
  @OptionalText(MAX_SHORT, 'Head of purchasing')
  role?: string | null;

  @OptionalText(MAX_NAME, 'ada@acme.example')
  @WellFormed()
  @IsEmail()
  email?: string | null;

  @OptionalText(MAX_SHORT, '+49 30 1234567')
  phone?: string | null;

  /** true: instead of whoever was it before. @example true */
  @MayBeAbsent()
  @IsBoolean()
  isPrimary?: boolean;
}

export class CreateContactDto extends ContactFields {
  /** @example "Ada Lovelace" */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;
}

/** A value sets, null clears, absence leaves. */
export class UpdateContactDto extends ContactFields {
  /** @example "Ada Lovelace" */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_NAME)
  name?: string;
}

export class ContactDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  id!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  customerId!: string;
  /** @example "Ada Lovelace" */
  name!: string;
  @ApiProperty({ type: String, nullable: true, example: 'Head of purchasing' })
  role!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'ada@acme.example' })
  email!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '+49 30 1234567' })
  phone!: string | null;
  /** @example true */
  isPrimary!: boolean;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
