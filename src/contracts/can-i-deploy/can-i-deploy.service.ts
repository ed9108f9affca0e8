import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../database/index.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { Participants } from '../services/participants.js';
import type { CanIDeployDto, CanIDeployQuery } from './can-i-deploy.dto.js';
import { pairsOf } from './can-i-deploy.queries.js';
import { decide } from './compatibility.js';

/** Loads the facts, and lets `decide()` answer. */
@Injectable()
export class CanIDeployService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly participants: Participants,
    private readonly environments: EnvironmentsService,
  ) {}

  async ask({ service, version, environment, semver }: CanIDeployQuery): Promise<CanIDeployDto> {
    const [serviceId, environmentId] = await Promise.all([
      this.participants.idOf(service),
      this.environments.idOf(environment),
    ]);
    const [isVersionKnown, pairs] = await Promise.all([
      this.participants.hasVersion(serviceId, version),
      pairsOf(this.db, { serviceId, version, environmentId, semver }),
    ]);
    return decide({ service, version, environment, semver, isVersionKnown, pairs });
  }
}
