import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiPage, type Page, Problems, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { DependenciesQuery, DependencyDto, GraphDto } from './dependencies.dto.js';
import { DependenciesService } from './dependencies.service.js';
import { graphPicture } from './graph-picture.js';

/** Who calls whom. */
@ApiTags('Services')
@Controller('v1')
@RequireFeature('contracts')
export class DependenciesController {
  constructor(private readonly dependencies: DependenciesService) {}

  /** List which consumer versions ask which providers, newest first */
  @Get('dependencies')
  @RequireScope('contracts:read')
  @ApiPage(DependencyDto)
  @Problems(contractsProblems.serviceNotFound)
  list(@Query() query: DependenciesQuery): Promise<Page<DependencyDto>> {
    return this.dependencies.list(query);
  }

  /** The graph of all services; a picture where `Accept` asks for image/svg+xml */
  @Get('graph')
  @RequireScope('contracts:read')
  @ApiExtraModels(GraphDto)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(GraphDto) } },
      'image/svg+xml': { schema: { type: 'string' } },
    },
  })
  async graph(
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GraphDto | string> {
    const graph = await this.dependencies.graph();
    reply.header('vary', 'accept');
    if (!accept?.includes('image/svg+xml')) return graph;
    reply.header('content-type', 'image/svg+xml');
    return graphPicture(graph);
  }
}
