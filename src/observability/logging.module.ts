import { Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Config } from '../config/index.js';

/** Structured logs (pino), JSON or pretty. Credentials are cut out wherever a request is logged. */
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Config],
      useFactory: ({ log }: Config) => ({
        pinoHttp: {
          level: log.level,
          autoLogging: false,
          redact: ['req.headers.authorization', 'req.headers.cookie'],
          ...(log.pretty && {
            transport: {
              target: 'pino-pretty',
              options: { singleLine: true, ignore: 'pid,hostname,context' },
            },
          }),
        },
      }),
    }),
  ],
})
export class LoggingModule {}
