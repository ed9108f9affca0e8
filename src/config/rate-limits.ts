import { ValidateBy } from 'class-validator';

/** Requests per minute of one tenant, by its plan. */
export type RequestsPerMinute = Record<'free' | 'pro' | 'enterprise', number>;

export const DEFAULT_RATE_LIMITS = 'free=600,pro=6000,enterprise=60000';

const PLANS = ['free', 'pro', 'enterprise'] as const satisfies (keyof RequestsPerMinute)[];
const ENTRY = /^([a-z]+)=([1-9]\d{0,8})$/;
const MESSAGE = `must be off, or requests per minute for each plan, as in ${DEFAULT_RATE_LIMITS}`;

/** `free=600,pro=6000,enterprise=60000` or `off`. */
export function RateLimitsText(): PropertyDecorator {
  return ValidateBy({
    name: 'rateLimits',
    validator: { validate: (text) => isRateLimits(text), defaultMessage: () => MESSAGE },
  });
}

/** Reads a text that is valid. Undefined stands for `off`. */
export function readRateLimits(text: string): RequestsPerMinute | undefined {
  if (text === 'off') return undefined;
  return Object.fromEntries(
    entriesOf(text).map(([plan, limit]) => [plan, Number(limit)]),
  ) as RequestsPerMinute;
}

function isRateLimits(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  if (text === 'off') return true;
  const plans = entriesOf(text).map(([plan]) => plan);
  return plans.length === PLANS.length && PLANS.every((plan) => plans.includes(plan));
}

function entriesOf(text: string): string[][] {
  return text.split(',').map((entry) => ENTRY.exec(entry)?.slice(1) ?? []);
}
