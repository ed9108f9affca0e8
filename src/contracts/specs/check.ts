import { Budget, BudgetSpent } from './schema/budget.js';
import { checkParameters } from './check-parameters.js';
import { checkRequestBody, checkResponse } from './check-bodies.js';
import { MessageCheck } from './message-check.js';
import { findOperation } from './operation.js';
import type { CompiledDocument } from './operations.js';
import type { Violation } from './violation.js';

/** A recorded exchange, as strangers sent it: nothing about its parts is certain. */
export interface RecordedExchange {
  /** @example GET /orders/{id} */
  operation: string;
  /** `method`, `path`, `query`, `headers`, `body`, as far as they are known. */
  request: Record<string, unknown>;
  /** `status`, `headers`, `body`. */
  response: Record<string, unknown>;
}

/** About ten milliseconds; a usual exchange takes a hundredth of it. */
const STEPS_PER_EXCHANGE = 400_000;
const STEPS_PER_REQUEST = 2_000_000;

/** For all exchanges of one request together. */
export const requestBudget = (): Budget => new Budget(STEPS_PER_REQUEST);

/**
 * Where an exchange contradicts the description of its provider: the operation, its parameters, the body of the request,
 * the status, headers and body of the response. Unknown query parameters, cookies and headers that are not described are
 * nobody's promise and are let be. `CHECK_TOO_COSTLY`: the description asks for more than a check may cost.
 */
export function checkExchange(
  document: CompiledDocument,
  { operation: name, request, response }: RecordedExchange,
  purse: Budget = requestBudget(),
): Violation[] {
  const method = textOf(request['method']);
  const path = textOf(request['path']);
  const check = new MessageCheck(document, new Budget(STEPS_PER_EXCHANGE, purse));
  try {
    const found = findOperation(document, { operation: name, method, path }, check.budget);
    if (!found) return [unknown(name)];
    const { operation } = found;
    if (method !== undefined && method.toUpperCase() !== operation.method)
      check.add('request.method', 'METHOD_MISMATCH', `must be ${operation.method}`);
    if (!found.isOfPath) check.add('request.path', 'PATH_MISMATCH', `must be of ${operation.template}`);
    checkParameters(check, found, request);
    checkRequestBody(check, operation, request);
    checkResponse(check, operation, response);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    check.add(
      '',
      'CHECK_TOO_COSTLY',
      'The specification asks for more than a check may cost; not all was checked',
    );
  }
  return check.violations;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const unknown = (name: string): Violation => ({
  path: 'operation',
  code: 'OPERATION_UNKNOWN',
  message: `The specification has no operation "${name}"`,
});
