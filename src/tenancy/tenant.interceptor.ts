import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { type TransactionOptions, Transactions } from '../database/index.js';
import { TenantContext } from './tenant-context.js';
import { CONTROL_PLANE, ISOLATION, RETRYABLE } from './transaction.decorators.js';

/**
 * Opens the request's transaction, in the tenant that the guard found. Lazy: a request that never queries uses no
 * connection. GET and HEAD run READ ONLY and are answered without waiting for COMMIT's reply; all others wait for it.
 */
@Injectable()
export class TenantInterceptor implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly reflector: Reflector,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const { tenantContext } = request;
    if (!tenantContext) return next.handle(); // a public route
    const options = this.optionsOf(execution, request);
    const work = () => {
      this.context.set(tenantContext);
      return lastValueFrom(next.handle());
    };
    if (this.metadata(CONTROL_PLANE, execution)) return from(this.transactions.withControl(options, work));
    return from(this.transactions.withTenant(tenantContext.tenantId, options, work));
  }

  private optionsOf(
    execution: ExecutionContext,
    { method, abortSignal }: FastifyRequest,
  ): TransactionOptions {
    const isRead = method === 'GET' || method === 'HEAD';
    const isolation = this.metadata(ISOLATION, execution) as TransactionOptions['isolation'];
    return {
      access: isRead ? 'read' : 'write',
      detachCommit: isRead,
      ...(abortSignal && { signal: abortSignal }),
      retries: (this.metadata(RETRYABLE, execution) as number | undefined) ?? 0,
      ...(isolation && { isolation }),
    };
  }

  private metadata(key: string, execution: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [execution.getHandler(), execution.getClass()]);
  }
}
