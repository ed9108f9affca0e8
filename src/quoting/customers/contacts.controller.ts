import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  type Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { catalogueProblems } from '../catalogue.problems.js';
import {
  ContactDto,
  ContactParams,
  ContactsQuery,
  CreateContactDto,
  UpdateContactDto,
} from './contacts.dto.js';
import { ContactsService } from './contacts.service.js';

/** The people of a customer. */
@ApiTags('Customers')
@Controller('v1/customers/:id/contacts')
@RequireFeature('quoting')
export class ContactsController {
  constructor(private readonly contacts: ContactsService) {}

  /** List the contacts of a customer, newest first */
  @Get()
  @RequireScope('customers:read')
  @ApiPage(ContactDto)
  @Problems(catalogueProblems.customerNotFound)
  list(@Param() { id }: IdParam, @Query() query: ContactsQuery): Promise<Page<ContactDto>> {
    return this.contacts.list(id, query);
  }

  /** Read one contact */
  @Get(':contactId')
  @RequireScope('customers:read')
  @ApiETag()
  @Problems(catalogueProblems.customerNotFound, catalogueProblems.contactNotFound)
  get(@Param() params: ContactParams): Promise<ContactDto> {
    return this.contacts.get(params);
  }

  /** Add a contact; a primary one takes the place of the one before */
  @Post()
  @RequireScope('customers:write')
  @ApiETag()
  @Problems(catalogueProblems.customerNotFound)
  create(@Param() { id }: IdParam, @Body() dto: CreateContactDto): Promise<ContactDto> {
    return this.contacts.create(id, dto);
  }

  /** Change a contact */
  @Patch(':contactId')
  @RequireScope('customers:write')
  @ApiETag()
  @Problems(catalogueProblems.customerNotFound, catalogueProblems.contactNotFound)
  update(
    @Param() params: ContactParams,
    @Body() dto: UpdateContactDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<ContactDto> {
    return this.contacts.update(params, dto, ifMatch);
  }

  /** Remove a contact */
  @Delete(':contactId')
  @HttpCode(204)
  @RequireScope('customers:write')
  @Problems(catalogueProblems.customerNotFound, catalogueProblems.contactNotFound)
  remove(@Param() params: ContactParams, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.contacts.remove(params, ifMatch);
  }
}
