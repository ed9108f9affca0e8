import { createHash } from 'node:crypto';
import { type Message, canonicalMessage, sortedJson } from './canonical.js';

/** What makes two recordings the same interaction. */
export interface InteractionFacts {
  service: string;
  consumer: string;
  consumerVersion: string;
  environment: string;
  operation: string;
  request: Message;
  response: Message;
}

/** SHA-256 (64 hexadecimal digits) of an interaction: recorded twice, it is stored once. */
export function interactionHash(facts: InteractionFacts): string {
  const { service, consumer, consumerVersion, environment, operation, request, response } = facts;
  // As one JSON array: joined by a separator, ("a|b", "c") and ("a", "b|c") would be one.
  const identity = sortedJson([
    service,
    consumer,
    consumerVersion,
    environment,
    operation,
    canonicalMessage(request),
    canonicalMessage(response),
  ]);
  return createHash('sha256').update(identity).digest('hex');
}
