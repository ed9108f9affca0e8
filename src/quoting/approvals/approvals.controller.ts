import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiPage, IdParam, type Page, Problems, RequireScope } from '../../http/index.js';
import { CurrentPrincipal, type Principal } from '../../identity/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { ApproveDto, QuoteReasonDto } from '../quotes/quote-actions.dto.js';
import { quotingProblems } from '../quoting.problems.js';
import { ApprovalDto, ApprovalsQuery, RequestApprovalDto } from './approvals.dto.js';
import { ApprovalsService } from './approvals.service.js';

/** Who was asked to approve what, and what they said. */
@ApiTags('Approvals')
@Controller('v1/approvals')
@RequireFeature('quoting')
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  /** List requests for approval, newest first */
  @Get()
  @RequireScope('quotes:read')
  @ApiPage(ApprovalDto)
  list(@Query() query: ApprovalsQuery): Promise<Page<ApprovalDto>> {
    return this.approvals.list(query);
  }

  /** Ask somebody to approve a draft, or a quote whose request before was cancelled */
  @Post()
  @RequireScope('quotes:write')
  @Problems(
    quotingProblems.quoteNotFound,
    quotingProblems.quoteState,
    quotingProblems.approvalPending,
    quotingProblems.approverNotMember,
  )
  request(@Body() { subjectId, approverId, notes }: RequestApprovalDto): Promise<ApprovalDto> {
    return this.approvals.request(subjectId, { approverId, notes });
  }

  /** Approve what was asked for: the approver who was named, or an owner */
  @Post(':id/approve')
  @HttpCode(200)
  @RequireScope('quotes:approve')
  @Problems(
    quotingProblems.approvalNotFound,
    quotingProblems.approvalNotPending,
    quotingProblems.notTheApprover,
    quotingProblems.quoteState,
  )
  approve(
    @Param() { id }: IdParam,
    @Body() { notes = null }: ApproveDto,
    @CurrentPrincipal() by: Principal,
  ): Promise<ApprovalDto> {
    return this.approvals.decideRequest(id, { action: 'approve', notes }, by);
  }

  /** Refuse it, and say why */
  @Post(':id/reject')
  @HttpCode(200)
  @RequireScope('quotes:approve')
  @Problems(
    quotingProblems.approvalNotFound,
    quotingProblems.approvalNotPending,
    quotingProblems.notTheApprover,
    quotingProblems.quoteState,
  )
  reject(
    @Param() { id }: IdParam,
    @Body() { reason }: QuoteReasonDto,
    @CurrentPrincipal() by: Principal,
  ): Promise<ApprovalDto> {
    return this.approvals.decideRequest(id, { action: 'reject-approval', reason }, by);
  }

  /** Take a request back; the quote waits on, for somebody else to be asked */
  @Post(':id/cancel')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @Problems(
    quotingProblems.approvalNotFound,
    quotingProblems.approvalNotPending,
    quotingProblems.notTheApprover,
  )
  cancel(
    @Param() { id }: IdParam,
    @Body() { reason }: QuoteReasonDto,
    @CurrentPrincipal() by: Principal,
  ): Promise<ApprovalDto> {
    return this.approvals.cancel(id, reason, by);
  }
}
