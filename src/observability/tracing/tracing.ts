import type { DatabaseObserver } from '../../database/index.js';
import type { RequestActivity, RequestOutcome } from '../request-activity.js';
import type { TraceParent } from '../traceparent.js';

/** The token of the application's {@link Tracing}; undefined where no collector is configured. */
export const TRACING = Symbol('TRACING');

/** Makes spans of requests, transactions and statements. */
export interface Tracing extends DatabaseObserver {
  /** Answers the id of the trace that the request belongs to. */
  requestBegan(activity: RequestActivity, method: string, parent: TraceParent | undefined): string;
  requestEnded(activity: RequestActivity, outcome: RequestOutcome): void;
  /** Delivers what was not yet sent, or gives up after two seconds. */
  shutdown(): Promise<void>;
}
