import type { FastifyInstance } from 'fastify';
import { httpProblems } from './http.problems.js';

/** Far beyond what anybody means, far below where validation, which calls itself for each level, ends the stack. */
const MAX_DEPTH = 100;

/** Refuses bodies that are nested too deep before anybody walks through them: parsing alone does not mind. */
export function addBodyDepthLimit(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) =>
    done(isDeeperThan(MAX_DEPTH, request.body) ? httpProblems.bodyTooDeep(MAX_DEPTH) : undefined),
  );
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
