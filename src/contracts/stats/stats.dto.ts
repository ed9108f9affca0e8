import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

export class FixtureCountsDto {
  /** @example 2 */
  draft!: number;
  /** @example 14 */
  approved!: number;
  /** @example 1 */
  rejected!: number;
  /** @example 3 */
  deprecated!: number;
}

export class CountsDto {
  /** @example 6 */
  services!: number;
  /** @example 3 */
  environments!: number;
  /** @example 1200 */
  interactions!: number;
  /** @example 9 */
  activeDeployments!: number;
  fixtures!: FixtureCountsDto;
}

export class PassRateDto {
  /** Of the last 30 days. @example 117 */
  passed!: number;
  /** Complete or not, of the last 30 days. @example 120 */
  total!: number;
  /** Between 0 and 1; null where there was none. */
  @ApiProperty({ type: Number, nullable: true, example: 0.975 })
  rate!: number | null;
}

export const HEALTH_STATES = ['passing', 'failing', 'waiting'] as const;

export class ServiceHealthDto {
  /** The provider. @example orders */
  service!: string;
  /** `failing`: a task failed. `waiting`: one is open. */
  @ApiProperty({ enum: HEALTH_STATES })
  state!: (typeof HEALTH_STATES)[number];
  /** Tasks by their state. @example 4 */
  verified!: number;
  /** @example 0 */
  failed!: number;
  /** @example 1 */
  open!: number;
}

export class StatsDto {
  counts!: CountsDto;
  /** @example 1 */
  openTasks!: number;
  /** Drafts that wait for a decision. @example 2 */
  pendingFixtures!: number;
  passRate!: PassRateDto;
  /** Of each service that has something to verify. */
  @ApiProperty({ type: [ServiceHealthDto] })
  health!: ServiceHealthDto[];
}

export class StatsPeriodQuery {
  /** How many days back. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(365)
  @ApiProperty({ required: false })
  days: number = 7;
}

export class OperationStatsDto {
  /** @example "GET /orders/{id}" */
  operation!: string;
  /** @example 40 */
  interactions!: number;
  /** Milliseconds; null where none was recorded. */
  @ApiProperty({ type: Number, nullable: true, example: 12.4 })
  meanDuration!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 31 })
  p95Duration!: number | null;
}

export class InteractionStatsDto {
  /** @example 7 */
  days!: number;
  /** @example 120 */
  interactions!: number;
  /** By name. @example ["web"] */
  consumers!: string[];
  @ApiProperty({ type: Number, nullable: true, example: 12.4 })
  meanDuration!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 31 })
  p95Duration!: number | null;
  @ApiProperty({ type: [OperationStatsDto] })
  operations!: OperationStatsDto[];
}
