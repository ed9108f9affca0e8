import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { REQUIRED_FEATURE, ROUTE_ACCESS, type RouteAccess } from '../../http/index.js';
import { isFeature } from '../../tenancy/index.js';
import { SCOPES } from '../scopes.js';

/** Stops the start of the application where a route does not say who may call it, or names an unknown scope or feature. */
@Injectable()
export class RouteAccessCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const faults = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.faultsOf(metatype) : []));
    if (faults.length > 0)
      throw new Error(`These routes cannot be served:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }

  private faultsOf(controller: Function): string[] {
    const prototype = controller.prototype as Record<string, unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || Reflect.getMetadata(PATH_METADATA, handler) === undefined)
        return [];
      const route = `${controller.name}.${name}`;
      const targets = [handler, controller];
      return [...this.accessFaults(route, targets), ...this.featureFaults(route, targets)];
    });
  }

  private accessFaults(route: string, targets: Function[]): string[] {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, targets);
    if (!access)
      return [
        `${route} declares no access: add @RequireScope('area:action'), @Authenticated(), @SignedIn() or @Public()`,
      ];
    if (access.kind === 'scope' && !(access.scope in SCOPES))
      return [`${route} needs the scope "${access.scope}", which identity/scopes.ts does not list`];
    return [];
  }

  private featureFaults(route: string, targets: Function[]): string[] {
    const feature = this.reflector.getAllAndOverride<string | undefined>(REQUIRED_FEATURE, targets);
    if (feature === undefined || isFeature(feature)) return [];
    return [`${route} needs the feature "${feature}", which tenancy/features/catalogue.ts does not list`];
  }
}
