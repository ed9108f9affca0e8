import { defineProblem } from '../http/index.js';

const REASONS = {
  tenant: 'This tenant has sent too many requests.',
  credential: 'This credential has sent too many requests.',
  visitor: 'Your address has sent too many requests.',
  address: 'Too many credentials from your address were not valid.',
};

export const limitsProblems = {
  rateLimited: defineProblem(
    429,
    'RATE_LIMITED',
    'Too many requests',
    (whom: keyof typeof REASONS, retryAfterSeconds: number) =>
      `${REASONS[whom]} Nothing was done; send the request again after ${retryAfterSeconds} s.`,
    (_, retryAfterSeconds) => ({ headers: { 'retry-after': String(retryAfterSeconds) } }),
  ),
};
