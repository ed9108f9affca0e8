import { defineProblem } from '../../http/index.js';

export const idempotencyProblems = {
  keyInvalid: defineProblem(
    400,
    'IDEMPOTENCY_KEY_INVALID',
    'Idempotency-Key is not valid',
    () => 'An `Idempotency-Key` has 1 to 255 visible ASCII characters; a UUID is a good one.',
  ),
  keyInUse: defineProblem(
    409,
    'IDEMPOTENCY_KEY_IN_USE',
    'The first request still runs',
    () => 'A request with this `Idempotency-Key` is still running. Send it again to learn its answer.',
    () => ({ headers: { 'retry-after': '1' } }),
  ),
  keyReused: defineProblem(
    422,
    'IDEMPOTENCY_KEY_REUSED',
    'Idempotency-Key was used before',
    () => 'This `Idempotency-Key` came with another request before. Nothing was done; use a new key.',
  ),
};
