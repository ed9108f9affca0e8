import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import type { Actor } from './actor.js';

/** In whose name a piece of work runs; put on the request by the authentication guard. */
export interface TenantContextValue {
  tenantId: string;
  actor: Actor;
  requestId: string | undefined;
  ip: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    tenantContext?: TenantContextValue;
  }
}

const KEY = 'tenantContext';

/** The tenant and the actor of the running request. Inject it where a row records who made it. */
@Injectable()
export class TenantContext {
  constructor(private readonly cls: ClsService) {}

  /** Throws outside of a request of a tenant. */
  get current(): TenantContextValue {
    const value = this.cls.isActive() ? this.cls.get<TenantContextValue | undefined>(KEY) : undefined;
    if (!value) throw new Error('No tenant context: this code runs outside of a request of a tenant');
    return value;
  }

  set(value: TenantContextValue): void {
    this.cls.set(KEY, value);
  }

  /** Runs `work` in the name of this tenant and actor, for code that has no transaction around it. */
  run<T>(value: TenantContextValue, work: () => Promise<T>): Promise<T> {
    return this.cls.run({ ifNested: 'inherit' }, () => {
      this.set(value);
      return work();
    });
  }
}
