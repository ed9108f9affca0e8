import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problems, Public } from '../../http/index.js';
import { LimitVisitors, limitsProblems } from '../../limits/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { AcceptByLinkDto, LinkParams, PublicQuoteDto, RejectByLinkDto } from './public-quotes.dto.js';
import { PublicQuotes } from './public-quotes.service.js';

/** For customers, who have no login: the link is all they bring. */
@ApiTags('Public quotes')
@Controller('v1/public/quotes')
@Public()
@LimitVisitors()
export class PublicQuotesController {
  constructor(private readonly quotes: PublicQuotes) {}

  /** See a quote; the first time marks it as viewed */
  @Get(':token')
  @Problems(
    quotingProblems.linkNotFound,
    quotingProblems.notOnOffer,
    quotingProblems.quoteExpired,
    limitsProblems.rateLimited,
  )
  read(@Param() { token }: LinkParams, @Req() request: FastifyRequest): Promise<PublicQuoteDto> {
    return this.quotes.read(token, request);
  }

  /** Accept it, as it was shown */
  @Post(':token/accept')
  @HttpCode(200)
  @Problems(
    quotingProblems.linkNotFound,
    quotingProblems.notOnOffer,
    quotingProblems.quoteChanged,
    quotingProblems.quoteExpired,
    limitsProblems.rateLimited,
  )
  accept(
    @Param() { token }: LinkParams,
    @Body() dto: AcceptByLinkDto,
    @Req() request: FastifyRequest,
  ): Promise<PublicQuoteDto> {
    return this.quotes.accept(token, dto, request);
  }

  /** Reject it, and say why */
  @Post(':token/reject')
  @HttpCode(200)
  @Problems(
    quotingProblems.linkNotFound,
    quotingProblems.notOnOffer,
    quotingProblems.quoteExpired,
    limitsProblems.rateLimited,
  )
  reject(
    @Param() { token }: LinkParams,
    @Body() { reason }: RejectByLinkDto,
    @Req() request: FastifyRequest,
  ): Promise<PublicQuoteDto> {
    return this.quotes.reject(token, reason, request);
  }
}
