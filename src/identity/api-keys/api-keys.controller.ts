import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  PageQuery,
  type Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { CurrentPrincipal } from '../current-principal.js';
import { identityProblems } from '../identity.problems.js';
import type { Principal } from '../principal.js';
import { ApiKeyDto, CreateApiKeyDto, IssuedApiKeyDto, RotateApiKeyDto } from './api-keys.dto.js';
import { ApiKeysService } from './api-keys.service.js';
import { grantableScopes } from './grantable-scopes.js';

/** The API keys of the calling tenant. */
@ApiTags('API keys')
@RequireScope('tenant:admin')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  /** List your API keys, newest first */
  @Get()
  @ApiPage(ApiKeyDto)
  list(@Query() query: PageQuery): Promise<Page<ApiKeyDto>> {
    return this.apiKeys.list(query);
  }

  /** Read one API key */
  @Get(':id')
  @ApiETag()
  @Problems(identityProblems.apiKeyNotFound)
  get(@Param() { id }: IdParam): Promise<ApiKeyDto> {
    return this.apiKeys.get(id);
  }

  /** Make an API key; the answer shows it once */
  @Post()
  @ApiETag()
  @Problems(identityProblems.scopeNotHeld)
  create(@Body() dto: CreateApiKeyDto, @CurrentPrincipal() maker: Principal): Promise<IssuedApiKeyDto> {
    return this.apiKeys.create(dto, grantableScopes(maker, dto.scopes));
  }

  /** Issue a new secret; the old one keeps working for the overlap */
  @Post(':id/rotate')
  @HttpCode(200)
  @ApiETag()
  @Problems(identityProblems.apiKeyNotFound, identityProblems.apiKeyRevoked, identityProblems.scopeNotHeld)
  rotate(
    @Param() { id }: IdParam,
    @Body() dto: RotateApiKeyDto,
    @IfMatch() ifMatch: Precondition,
    @CurrentPrincipal() by: Principal,
  ): Promise<IssuedApiKeyDto> {
    return this.apiKeys.rotate(id, dto, ifMatch, by);
  }

  /** Revoke an API key at once, on every instance */
  @Delete(':id')
  @HttpCode(204)
  @Problems(identityProblems.apiKeyNotFound)
  revoke(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.apiKeys.revoke(id, ifMatch);
  }
}
