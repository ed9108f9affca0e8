import { Controller, Get, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import {
  ApiPage,
  type Page,
  PreferredType,
  Problems,
  Produces,
  RequireScope,
  Svg,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { DependenciesQuery, DependencyDto, GraphDto } from './dependencies.dto.js';
import { DependenciesService } from './dependencies.service.js';
import { GraphPictures } from './graph-pictures.js';

/** Who calls whom. */
@ApiTags('Services')
@Controller('v1')
@RequireFeature('contracts')
export class DependenciesController {
  constructor(
    private readonly dependencies: DependenciesService,
    private readonly pictures: GraphPictures,
  ) {}

  /** List which consumer versions ask which providers, newest first */
  @Get('dependencies')
  @RequireScope('contracts:read')
  @ApiPage(DependencyDto)
  @Problems(contractsProblems.serviceNotFound)
  list(@Query() query: DependenciesQuery): Promise<Page<DependencyDto>> {
    return this.dependencies.list(query);
  }

  /** The graph of all services; a picture where `Accept` likes image/svg+xml better than JSON */
  @Get('graph')
  @RequireScope('contracts:read')
  @Produces('application/json', 'image/svg+xml')
  @ApiExtraModels(GraphDto)
  @ApiOkResponse({
    description:
      'As a picture at most 100 services and 300 calls, those with the most calls; it says so where there are more.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(GraphDto) } },
      'image/svg+xml': { schema: { type: 'string' } },
    },
  })
  async graph(@PreferredType() type: string): Promise<GraphDto | Svg> {
    const graph = await this.dependencies.graph();
    return type === 'image/svg+xml' ? new Svg(() => this.pictures.draw(graph)) : graph;
  }
}
