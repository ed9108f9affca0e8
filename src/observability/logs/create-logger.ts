import { type Logger, pino } from 'pino';
import type { Config } from '../../config/index.js';
import { currentActivity } from '../../database/index.js';
import { RequestActivity } from '../request-activity.js';
import { errorEntry } from './error-entry.js';
import { logDestination } from './log-destination.js';

/** The logger of one application. Lines that are written while a request runs carry its id. */
export const createLogger = (config: Pick<Config, 'environment' | 'log'>): Logger =>
  pino(
    {
      level: config.log.level,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorEntry },
      mixin: requestOfLine,
    },
    logDestination(config),
  );

function requestOfLine(): object {
  const activity = currentActivity();
  if (!(activity instanceof RequestActivity)) return {};
  const { requestId, traceId } = activity;
  return traceId === undefined ? { requestId } : { requestId, traceId };
}
