import { domainToASCII } from 'node:url';

const RECORD_PREFIX = '_rowhouse.';
/** A DNS name has at most 253 characters, and the name of the record must be one too. */
const MAX_DOMAIN_LENGTH = 253 - RECORD_PREFIX.length;
/** No longer text becomes a domain; measured first, since IDNA takes its time over a megabyte. */
const MAX_TEXT_LENGTH = 500;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Letters, so that no address of any notation passes for a domain. */
const TOP_LEVEL = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;
/** `domainToASCII` reads a URL's host: it decodes `%`, drops tabs, and cuts off what follows these. */
const NO_PART_OF_A_NAME = /[\s%/\\:?#@[\]]/u;

/** Nobody can own a name below these: RFC 2606, 6761, 6762, 7686, 9476, and ICANN's `internal`. */
const RESERVED = ['alt', 'arpa', 'example', 'internal', 'invalid', 'local', 'localhost', 'onion', 'test'];

/**
 * The domain as it is kept: lower case, in ASCII (IDNA), without a final dot. Undefined for anything that is not a host
 * name of at least two labels below a public top-level domain.
 */
export function normalizeDomain(text: string): string | undefined {
  if (text.length > MAX_TEXT_LENGTH || NO_PART_OF_A_NAME.test(text)) return undefined;
  const ascii = domainToASCII(text.replace(/\.$/, ''));
  const labels = ascii.split('.');
  const topLevel = labels.at(-1)!;
  const isName =
    ascii.length <= MAX_DOMAIN_LENGTH &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LEVEL.test(topLevel) &&
    !RESERVED.includes(topLevel);
  return isName ? ascii : undefined;
}

/** What the owner publishes in DNS. */
export interface VerificationRecord {
  type: 'TXT';
  name: string;
  value: string;
}

export const verificationRecord = (domain: string, token: string): VerificationRecord => ({
  type: 'TXT',
  name: `${RECORD_PREFIX}${domain}`,
  value: `rowhouse-verification=${token}`,
});

/** Why a domain is not verified. */
export const FAILURE_REASONS = ['record_not_found', 'value_not_found'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** Judges the TXT values found under the record's name; undefined: verified. Others may stand beside ours. */
export function failureReason(found: string[], { value }: VerificationRecord): FailureReason | undefined {
  if (found.length === 0) return 'record_not_found';
  return found.includes(value) ? undefined : 'value_not_found';
}
