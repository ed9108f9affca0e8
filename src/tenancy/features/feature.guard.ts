import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { REQUIRED_FEATURE } from '../../http/index.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { TenantDirectory } from '../tenant-directory.js';
import type { Feature } from './catalogue.js';

/** Has the caller's tenant the feature? On the route, so it runs after the application's guard, which says who calls. */
@Injectable()
export class FeatureGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly directory: TenantDirectory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const feature = this.reflector.getAllAndOverride<Feature>(REQUIRED_FEATURE, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { tenantContext } = context.switchToHttp().getRequest<FastifyRequest>();
    const tenant = tenantContext && (await this.directory.find(tenantContext.tenantId));
    if (!tenant?.features.has(feature)) throw tenancyProblems.featureNotEnabled(feature);
    return true;
  }
}
