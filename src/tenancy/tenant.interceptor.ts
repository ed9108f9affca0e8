import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { type TransactionOptions, Transactions } from '../database/index.js';
import { Idempotency } from './idempotency/idempotency.js';
import { TenantContext } from './tenant-context.js';
import {
  CONTROL_PLANE,
  ISOLATION,
  REPEATABLE,
  RETRYABLE,
  TRANSACTIONLESS,
} from './transaction.decorators.js';

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
    private readonly idempotency: Idempotency,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { tenantContext } = request;
    if (!tenantContext) return next.handle(); // a public route
    const options = this.optionsOf(execution, request);
    const run = () => lastValueFrom<unknown>(next.handle());
    if (this.metadata(TRANSACTIONLESS, execution)) return from(this.context.run(tenantContext, run));
    const isControlPlane = this.metadata(CONTROL_PLANE, execution);
    const open = <T>(work: () => Promise<T>): Promise<T> =>
      isControlPlane
        ? this.transactions.withControl({ ...options, onBehalfOf: tenantContext.tenantId }, work)
        : this.transactions.withTenant(tenantContext.tenantId, options, work);
    const handle = (): Promise<unknown> => {
      this.context.set(tenantContext);
      return run();
    };
    if (this.metadata(REPEATABLE, execution)) return from(open(handle));
    return from(this.idempotency.run(request, reply, tenantContext, open, handle));
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
