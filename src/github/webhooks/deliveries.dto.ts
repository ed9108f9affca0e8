import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './deliveries.schema.js';

export class DeliveriesQuery extends PageQuery {
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  @ApiProperty({ enum: DELIVERY_STATUSES, required: false })
  status?: DeliveryStatus;
}

/** Without its payload, which is the business of whoever has the installation. */
export class GithubDeliveryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** GitHub's. @example 72d3162e-cc78-11e3-81ab-4c9367dc0958 */
  deliveryId!: string;
  /** @example installation_repositories */
  event!: string;
  /** Null until it is handled, as the installation is. */
  @ApiProperty({ type: String, nullable: true, example: 'added' })
  action!: string | null;
  @ApiProperty({ type: Number, nullable: true, example: 957387 })
  installationId!: number | null;
  @ApiProperty({ enum: DELIVERY_STATUSES })
  status!: DeliveryStatus;
  /** @example 1 */
  attempts!: number;
  /** What the last failed attempt said. */
  @ApiProperty({ type: String, nullable: true, example: null })
  lastError!: string | null;
  /** @example 2026-11-21T09:30:00.000Z */
  receivedAt!: string;
  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T09:30:00.100Z' })
  processedAt!: string | null;
}
