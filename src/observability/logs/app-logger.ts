import { Inject, Injectable, type LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/** The token of the application's pino logger. */
export const ROOT_LOGGER = Symbol('ROOT_LOGGER');

/** A line for every module and every route, at every start: for who looks for one that is missing. */
const LISTS = new Set<unknown>(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** What `new Logger('Context')` of Nest writes to: `app.useLogger(app.get(AppLogger))`. */
@Injectable()
export class AppLogger implements LoggerService {
  constructor(@Inject(ROOT_LOGGER) private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(LISTS.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest appends the context; what stands between is the stack of an error, or further values. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const [stack] = rest.slice(0, -1);
    const entry = { context, ...(typeof stack === 'string' && { stack }) };
    if (message instanceof Error) this.pino[level]({ ...entry, err: message });
    else if (typeof message === 'object') this.pino[level]({ ...entry, ...message });
    else this.pino[level](entry, message as string);
  }
}
