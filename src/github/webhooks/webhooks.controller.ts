import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problems, Public, RawBody, httpProblems } from '../../http/index.js';
import { limitsProblems } from '../../limits/index.js';
import { githubProblems } from '../github.problems.js';
import { ReceiveDelivery } from './receive-delivery.service.js';
import { ReceiptDto } from './webhooks.dto.js';

/** GitHub sends no more. */
const MAX_BYTES = 25 * 1024 * 1024;

/** GitHub, which has no login: it signs what it sends. */
@ApiTags('GitHub')
@Controller('v1/webhooks/github')
@Public()
export class WebhooksController {
  constructor(private readonly deliveries: ReceiveDelivery) {}

  /** Keep what GitHub sends; it is handled afterwards. The same delivery again is answered alike, and changes nothing */
  @Post()
  @HttpCode(202)
  @RawBody(MAX_BYTES)
  @ApiHeader({ name: 'X-GitHub-Event', required: true, example: 'installation' })
  @ApiHeader({ name: 'X-GitHub-Delivery', required: true, example: '72d3162e-cc78-11e3-81ab-4c9367dc0958' })
  @ApiHeader({
    name: 'X-Hub-Signature-256',
    required: true,
    example: `sha256=${'0123456789abcdef'.repeat(4)}`,
  })
  @ApiBody({ schema: { type: 'object' } })
  @Problems(
    githubProblems.headersMissing,
    githubProblems.signatureInvalid,
    githubProblems.deliveryConflict,
    githubProblems.notConfigured,
    limitsProblems.rateLimited,
    httpProblems.tooManyLargeBodies,
  )
  receive(@Req() request: FastifyRequest): Promise<ReceiptDto> {
    const { headers, rawBody, ip } = request;
    request.rawBody = undefined; // a refusal may be held for a while
    return this.deliveries.receive({ headers, rawBody, ip });
  }
}
