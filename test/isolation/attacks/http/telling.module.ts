import {
  type CallHandler,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  Module,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, catchError } from 'rxjs';

type Slip = 'none' | 'forbids' | 'adds a header';

/** What a careless application does with a row that is there, but not for who asks. */
export const telling = {
  slip: 'none' as Slip,
  /** Is there such a row, whoever has it? */
  exists: async (_id: string): Promise<boolean> => false,
};

@Injectable()
class TellingInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = execution.switchToHttp();
    const { params } = http.getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    const tell = async (error: unknown): Promise<never> => {
      if (telling.slip === 'none' || !params.id || !(await telling.exists(params.id))) throw error;
      if (telling.slip === 'forbids') throw new ForbiddenException();
      http.getResponse<FastifyReply>().header('x-found', 'elsewhere');
      throw error;
    };
    return next.handle().pipe(catchError(tell));
  }
}

/** An application with a slip of the tongue, which the attacks must notice. */
@Module({ providers: [{ provide: APP_INTERCEPTOR, useClass: TellingInterceptor }] })
export class TellingModule {}
