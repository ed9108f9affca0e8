import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiPage, IdParam, type Page, Problems, RequireScope } from '../../http/index.js';
import { AuditLog, ControlPlane } from '../../tenancy/index.js';
import { githubProblems } from '../github.problems.js';
import { Backlog } from './backlog.service.js';
import { DeliveriesQuery, GithubDeliveryDto } from './deliveries.dto.js';

/** What GitHub has sent, for the operators. */
@ApiTags('Platform administration')
@ControlPlane()
@RequireScope('platform:admin')
@Controller('v1/admin/github/deliveries')
export class AdminDeliveriesController {
  constructor(
    private readonly backlog: Backlog,
    private readonly audit: AuditLog,
  ) {}

  /** List what GitHub has sent and what became of it, newest first */
  @Get()
  @ApiPage(GithubDeliveryDto)
  list(@Query() query: DeliveriesQuery): Promise<Page<GithubDeliveryDto>> {
    return this.backlog.list(query);
  }

  /** Handle a delivery again, whatever became of it; what it changed already stays as it is */
  @Post(':id/replay')
  @HttpCode(204)
  @Problems(githubProblems.deliveryNotFound)
  async replay(@Param() { id }: IdParam): Promise<void> {
    if (!(await this.backlog.replay(id))) throw githubProblems.deliveryNotFound();
    await this.audit.record({
      action: 'github_deliveries.replay',
      entityType: 'github_delivery',
      entityId: id,
    });
  }
}
