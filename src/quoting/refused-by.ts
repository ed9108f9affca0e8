import { isViolationOf } from '../database/index.js';
import type { Problem } from '../http/index.js';

/** For `catch()` of a statement: the problems that a violation of these constraints is answered with. */
export const refusedBy =
  (problems: Record<string, () => Problem>) =>
  (error: unknown): never => {
    const violated = Object.keys(problems).find((constraint) => isViolationOf(error, constraint));
    throw violated === undefined ? error : problems[violated]!();
  };
