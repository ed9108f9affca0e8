import type { RequestActivity, RequestOutcome } from '../request-activity.js';

/** Probes and scrapers come every few seconds, and what they learn is in the metrics. */
const isProbe = (route: string) =>
  route === '/metrics' || route === '/health' || route.startsWith('/health/');

/** How loud the line of a request is: our own failures are errors, those of clients are not. */
export function requestLevel({ route, status }: RequestOutcome): 'debug' | 'info' | 'error' {
  if (isProbe(route)) return 'debug';
  return status >= 500 ? 'error' : 'info';
}

/** The line of a request. The address only where nobody has signed in: it is personal data. */
export function requestEntry(activity: RequestActivity, outcome: RequestOutcome): object {
  const { method, route, status, isAborted, durationMs, caller, ip } = outcome;
  return {
    requestId: activity.requestId,
    traceId: activity.traceId,
    method,
    route,
    status,
    aborted: isAborted || undefined,
    durationMs: rounded(durationMs),
    databaseMs: rounded(activity.databaseMs),
    statements: activity.statements,
    tenantId: caller?.tenantId,
    principal: caller?.principal,
    ip: caller ? undefined : ip,
  };
}

const rounded = (ms: number) => Math.round(ms * 100) / 100;
