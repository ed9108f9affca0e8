import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { type NodePgDatabase, drizzle } from 'drizzle-orm/node-postgres';
import type { FastifyRequest } from 'fastify';
import pg from 'pg';
import { type Observable, from, lastValueFrom } from 'rxjs';
import { tenantOf } from './page.js';

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['POOL_MAX']),
});
const database = drizzle(pool);

export interface RequestState {
  tenantId: string;
  tx: Pick<NodePgDatabase, 'select' | 'insert'>;
}

const storage = new AsyncLocalStorage<RequestState>();

/** The transaction of the running request. */
export const current = (): RequestState => storage.getStore()!;

/** A transaction around every request; Drizzle awaits BEGIN, the tenant, the query and COMMIT one by one. */
export class TransactionInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const tenantId = tenantOf(context.switchToHttp().getRequest<FastifyRequest>().headers);
    return from(
      database.transaction(async (tx) => {
        await tx.execute(sql.raw(`SET LOCAL app.tenant_id = '${tenantId}'`));
        return storage.run({ tenantId, tx }, () => lastValueFrom(next.handle()));
      }),
    );
  }
}
