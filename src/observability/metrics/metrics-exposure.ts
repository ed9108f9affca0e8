import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config/index.js';

/** Where `/metrics` is served. The figures tell nothing of one tenant, but much of the service. */
export type MetricsExposure =
  | { on: 'main port'; token: string | undefined }
  | { on: 'own port'; host: string; port: number; token: string | undefined }
  | { on: 'nowhere' };

/** In production only on a port of its own or with a token. */
export function metricsExposure({
  environment,
  metrics,
}: Pick<Config, 'environment' | 'metrics'>): MetricsExposure {
  const { port, host, token } = metrics;
  if (port !== undefined) return { on: 'own port', host, port, token };
  if (environment === 'production' && token === undefined) return { on: 'nowhere' };
  return { on: 'main port', token };
}

/** Does the `Authorization` header hold the token? Without a token everybody may read. Compared in constant time. */
export function mayReadMetrics(token: string | undefined, header: string | undefined): boolean {
  if (token === undefined) return true;
  const [, given] = /^bearer +(\S+)$/i.exec(header ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
