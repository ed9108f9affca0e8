import type { IncomingHttpHeaders } from 'node:http';
import { githubProblems } from '../github.problems.js';

const NAMES = ['x-github-event', 'x-github-delivery', 'x-hub-signature-256'] as const;
const VALUE = /^[\x21-\x7e]{1,100}$/;

/** What GitHub says around the body of a webhook. */
export interface WebhookHeaders {
  event: string;
  deliveryId: string;
  signature: string;
}

/** Throws `GITHUB_HEADERS_MISSING`. */
export function readWebhookHeaders(headers: IncomingHttpHeaders): WebhookHeaders {
  const values = NAMES.map((name) => headers[name]);
  const missing = NAMES.filter((_, index) => !VALUE.test(String(values[index] ?? '')));
  if (missing.length > 0) throw githubProblems.headersMissing(missing);
  const [event, deliveryId, signature] = values as [string, string, string];
  return { event, deliveryId, signature };
}
