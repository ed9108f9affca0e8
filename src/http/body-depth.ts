import type { FastifyInstance } from 'fastify';
import { httpProblems } from './http.problems.js';

/** Far beyond what anybody means, far below where validation, which calls itself for each level, ends the stack. */
const MAX_DEPTH = 100;

const NO_OBJECT = [{ path: '', code: 'isObject', message: 'The body must be a JSON object' }];

/** Refuses bodies that are no object, or nested too deep, before anybody walks through them: parsing alone does not mind. */
export function addBodyDepthLimit(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', ({ body, headers }, _reply, done) => {
    // Without a body it is null as well. Nest's validation would take a null that was sent for an empty object.
    const isSent = body !== undefined && (body !== null || headers['content-type'] !== undefined);
    if (isSent && (!isContainer(body) || Array.isArray(body)))
      return done(httpProblems.validationFailed(NO_OBJECT));
    return done(isDeeperThan(MAX_DEPTH, body) ? httpProblems.bodyTooDeep(MAX_DEPTH) : undefined);
  });
}

/** Level by level, without recursion. `{}` is 1 deep, a number 0. */
export function isDeeperThan(maxDepth: number, value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === maxDepth) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
