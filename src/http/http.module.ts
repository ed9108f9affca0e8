import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ETagInterceptor } from './etag.interceptor.js';
import { LastAnswers } from './last-answers.js';
import { NoQueryInterceptor } from './no-query.interceptor.js';
import { PageLinkInterceptor } from './pagination.js';
import { ProblemFilter } from './problem.filter.js';
import { RenderedInterceptor } from './rendered.interceptor.js';
import { validationPipe } from './validation.js';

/** Problem documents, validation, rendering, page links and ETags, for every route of the application. */
@Module({
  providers: [
    LastAnswers,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: validationPipe },
    { provide: APP_INTERCEPTOR, useClass: NoQueryInterceptor },
    { provide: APP_INTERCEPTOR, useClass: RenderedInterceptor },
    { provide: APP_INTERCEPTOR, useClass: PageLinkInterceptor },
    { provide: APP_INTERCEPTOR, useClass: ETagInterceptor },
  ],
})
export class HttpModule {}
