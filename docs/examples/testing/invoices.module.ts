import { Body, Controller, Get, Module, NotFoundException, Param, Post } from '@nestjs/common';
import { IsString, Length } from 'class-validator';
import { eq } from 'drizzle-orm';
import { TenantDatabase, newId } from 'rowhouse/database';
import { IdParam, RequireScope } from 'rowhouse/http';
import { TenantContext } from 'rowhouse/tenancy';
import { invoices } from './invoices.schema.js';

class CreateInvoiceDto {
  @IsString()
  @Length(1, 50)
  number!: string;
}

@RequireScope('tenant:read')
@Controller('v1/invoices')
class InvoicesController {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  @Get(':id')
  async get(@Param() { id }: IdParam) {
    const [invoice] = await this.db.select().from(invoices).where(eq(invoices.id, id));
    if (!invoice) throw new NotFoundException();
    return invoice;
  }

  @Post()
  async create(@Body() { number }: CreateInvoiceDto) {
    const { tenantId } = this.context.current;
    const [invoice] = await this.db.insert(invoices).values({ tenantId, id: newId(), number }).returning();
    return invoice;
  }
}

@Module({ controllers: [InvoicesController] })
export class InvoicesModule {}
