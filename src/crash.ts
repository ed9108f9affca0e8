import type { LoggerService } from '@nestjs/common';

/** An error that nobody caught ends the process with 1, and is told in the log like any other: whole, no credentials. */
export function endOnCrash(logger: LoggerService): void {
  process.on('uncaughtException', (error, origin) => {
    logger.fatal?.({ msg: 'crashed', origin, err: error }, 'Process');
    process.exit(1);
  });
}
