import { ApiProperty } from '@nestjs/swagger';
import { REPOSITORY_SELECTIONS, type RepositorySelection } from '../events/observation.js';
import { INSTALLATION_STATUSES, type InstallationStatus } from './installation-state.js';

export class InstallationDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** GitHub's; null while a request waits for an owner of the account. */
  @ApiProperty({ type: Number, nullable: true, example: 957387 })
  installationId!: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 21031067 })
  accountId!: number | null;
  @ApiProperty({ type: String, nullable: true, example: 'octocat' })
  accountLogin!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Organization' })
  accountType!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Organization' })
  targetType!: string | null;
  @ApiProperty({ enum: REPOSITORY_SELECTIONS, type: String, nullable: true })
  repositorySelection!: RepositorySelection | null;
  /** From the name of a permission to its level. */
  @ApiProperty({ type: Object, example: { contents: 'read' } })
  permissions!: Record<string, string>;
  @ApiProperty({ type: [String], example: ['repository'] })
  events!: string[];
  @ApiProperty({ enum: INSTALLATION_STATUSES })
  status!: InstallationStatus;
  @ApiProperty({ type: String, nullable: true, example: null })
  suspendedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  suspendedBy!: string | null;
  /** When GitHub changed it. */
  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T09:30:00.000Z' })
  providerUpdatedAt!: string | null;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}

export class RepositoryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** GitHub's, which stays when the name changes. @example 186853002 */
  repositoryId!: number;
  /** @example Hello-World */
  name!: string;
  /** @example octocat/Hello-World */
  fullName!: string;
  /** @example true */
  private!: boolean;
  /** Null where GitHub has not told it yet. */
  @ApiProperty({ type: String, nullable: true, example: 'main' })
  defaultBranch!: string | null;
}

/** How many repositories came, went, and have another name, owner, branch or visibility. */
export class SyncDto {
  /** @example 2 */
  added!: number;
  /** @example 0 */
  removed!: number;
  /** @example 1 */
  updated!: number;
}
