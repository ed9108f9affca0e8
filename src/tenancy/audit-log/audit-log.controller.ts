import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiPage, type Page, RequireScope } from '../../http/index.js';
import { AuditEntryDto, AuditLogQuery } from './audit-log.dto.js';
import { AuditLogReader } from './audit-log.reader.js';

@ApiTags('Audit log')
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(private readonly log: AuditLogReader) {}

  /** Read who changed what in your tenant, newest first */
  @Get()
  @RequireScope('tenant:admin')
  @ApiPage(AuditEntryDto)
  list(@Query() query: AuditLogQuery): Promise<Page<AuditEntryDto>> {
    return this.log.list(query);
  }
}
