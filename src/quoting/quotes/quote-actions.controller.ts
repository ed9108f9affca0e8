import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiETag, IdParam, IfMatch, type Precondition, Problems, RequireScope } from '../../http/index.js';
import { CurrentPrincipal, type Principal } from '../../identity/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { ApprovalsService } from '../approvals/approvals.service.js';
import { Delivery } from '../public-links/delivery.service.js';
import { quotingProblems } from '../quoting.problems.js';
import {
  AcceptQuoteDto,
  ApproveDto,
  DeliveryDto,
  LinkOfQuoteParams,
  QuoteLinksDto,
  QuoteReasonDto,
  SubmitQuoteDto,
} from './quote-actions.dto.js';
import { QuoteTransitions } from './quote-transitions.service.js';
import { QuoteDto } from './quote-answers.dto.js';

/** What happens to a quote, from its approval to its end. */
@ApiTags('Quotes')
@Controller('v1/quotes/:id')
@RequireFeature('quoting')
export class QuoteActionsController {
  constructor(
    private readonly transitions: QuoteTransitions,
    private readonly approvals: ApprovalsService,
    private readonly delivery: Delivery,
  ) {}

  /** Ask somebody to approve a draft */
  @Post('submit')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState, quotingProblems.approverNotMember)
  submit(
    @Param() { id }: IdParam,
    @Body() dto: SubmitQuoteDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.approvals.submit(id, dto, ifMatch);
  }

  /** Approve a quote: the approver who was named, or an owner */
  @Post('approve')
  @HttpCode(200)
  @RequireScope('quotes:approve')
  @ApiETag()
  @Problems(
    quotingProblems.quoteNotFound,
    quotingProblems.quoteState,
    quotingProblems.approvalNotPending,
    quotingProblems.notTheApprover,
  )
  approve(
    @Param() { id }: IdParam,
    @Body() { notes = null }: ApproveDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.approvals.decide(id, { action: 'approve', notes }, by, ifMatch);
  }

  /** Refuse to approve it, and say why */
  @Post('reject-approval')
  @HttpCode(200)
  @RequireScope('quotes:approve')
  @ApiETag()
  @Problems(
    quotingProblems.quoteNotFound,
    quotingProblems.quoteState,
    quotingProblems.approvalNotPending,
    quotingProblems.notTheApprover,
  )
  rejectApproval(
    @Param() { id }: IdParam,
    @Body() { reason }: QuoteReasonDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.approvals.decide(id, { action: 'reject-approval', reason }, by, ifMatch);
  }

  /** Put an approved quote on offer */
  @Post('send')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(
    quotingProblems.quoteNotFound,
    quotingProblems.quoteState,
    quotingProblems.quoteEmpty,
    quotingProblems.validityOver,
  )
  send(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<QuoteDto> {
    return this.transitions.send(id, ifMatch);
  }

  /** Note that the customer accepted */
  @Post('accept')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState)
  accept(
    @Param() { id }: IdParam,
    @Body() dto: AcceptQuoteDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.transitions.accept(id, dto, ifMatch);
  }

  /** Note that the customer rejected, and why */
  @Post('reject')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState)
  reject(
    @Param() { id }: IdParam,
    @Body() { reason }: QuoteReasonDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.transitions.reject(id, reason, ifMatch);
  }

  /** Take a quote back, and say why */
  @Post('cancel')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState)
  cancel(
    @Param() { id }: IdParam,
    @Body() { reason }: QuoteReasonDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<QuoteDto> {
    return this.transitions.cancel(id, reason, ifMatch);
  }

  /** Make a draft of a quote that was rejected or is expired: a new version; links to it lead nowhere any more */
  @Post('revise')
  @HttpCode(200)
  @RequireScope('quotes:write')
  @ApiETag()
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState)
  revise(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<QuoteDto> {
    return this.transitions.revise(id, ifMatch);
  }

  /** Make a link by which the customer sees and answers a quote that is on offer */
  @Post('deliver')
  @RequireScope('quotes:write')
  @Problems(quotingProblems.quoteNotFound, quotingProblems.quoteState)
  deliver(@Param() { id }: IdParam): Promise<DeliveryDto> {
    return this.delivery.deliver(id);
  }

  /** List the links to a quote, newest first */
  @Get('links')
  @RequireScope('quotes:read')
  @Problems(quotingProblems.quoteNotFound)
  async links(@Param() { id }: IdParam): Promise<QuoteLinksDto> {
    return { data: await this.delivery.list(id) };
  }

  /** Revoke a link: from now on it leads nowhere */
  @Delete('links/:linkId')
  @HttpCode(204)
  @RequireScope('quotes:write')
  @Problems(quotingProblems.quoteNotFound, quotingProblems.linkNotFound)
  revoke(@Param() { id, linkId }: LinkOfQuoteParams): Promise<void> {
    return this.delivery.revoke(id, linkId);
  }
}
