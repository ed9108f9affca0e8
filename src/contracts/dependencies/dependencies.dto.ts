import { IsOptional } from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { IsName } from '../names.js';

export class DependenciesQuery extends PageQuery {
  /** As consumer or as provider. */
  @IsOptional()
  @IsName()
  service?: string;
}

export class DependencyDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example web */
  consumer!: string;
  /** @example 1.4.2 */
  consumerVersion!: string;
  /** @example orders */
  provider!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  firstSeenAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  lastSeenAt!: string;
}

export class GraphNodeDto {
  /** @example web */
  name!: string;
}

export class GraphEdgeDto {
  /** @example web */
  consumer!: string;
  /** @example orders */
  provider!: string;
  /** How many consumer versions asked. @example 3 */
  versions!: number;
  /** @example 2026-11-21T09:30:00.000Z */
  lastSeenAt!: string;
}

export class GraphDto {
  services!: GraphNodeDto[];
  /** Who calls whom. */
  calls!: GraphEdgeDto[];
  /** false: there are more than 1,000 services or 5,000 calls, and the rest is left out. @example true */
  complete!: boolean;
}
