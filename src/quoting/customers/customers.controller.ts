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
import { CreateCustomerDto, CustomerDto, CustomersQuery, UpdateCustomerDto } from './customers.dto.js';
import { CustomersService } from './customers.service.js';

/** Whom quotes are for. */
@ApiTags('Customers')
@Controller('v1/customers')
@RequireFeature('quoting')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  /** List your customers, newest first */
  @Get()
  @RequireScope('customers:read')
  @ApiPage(CustomerDto)
  list(@Query() query: CustomersQuery): Promise<Page<CustomerDto>> {
    return this.customers.list(query);
  }

  /** Read one customer */
  @Get(':id')
  @RequireScope('customers:read')
  @ApiETag()
  @Problems(catalogueProblems.customerNotFound)
  get(@Param() { id }: IdParam): Promise<CustomerDto> {
    return this.customers.get(id);
  }

  /** Make a customer; it gets the next number */
  @Post()
  @RequireScope('customers:write')
  @ApiETag()
  create(@Body() dto: CreateCustomerDto): Promise<CustomerDto> {
    return this.customers.create(dto);
  }

  /** Change a customer */
  @Patch(':id')
  @RequireScope('customers:write')
  @ApiETag()
  @Problems(catalogueProblems.customerNotFound)
  update(
    @Param() { id }: IdParam,
    @Body() dto: UpdateCustomerDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<CustomerDto> {
    return this.customers.update(id, dto, ifMatch);
  }

  /** Remove a customer that no quote refers to, with its contacts and projects */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('customers:write')
  @Problems(catalogueProblems.customerNotFound, catalogueProblems.customerHasQuotes)
  remove(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.customers.remove(id, ifMatch);
  }
}
