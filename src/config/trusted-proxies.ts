import { isIP } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { IsOptional, ValidateBy } from 'class-validator';

/** Fastify's names for ranges: https://github.com/fastify/proxy-addr */
const RANGES = ['loopback', 'linklocal', 'uniquelocal'];
const MESSAGE = `must be a list of addresses, CIDR ranges or ${RANGES.join(', ')}, separated by commas`;

/**
 * `10.0.0.0/8,loopback`. Not a number of hops: whoever reaches the server directly could then send as many as it takes
 * to choose its own address, which is why Fastify no longer serves it.
 */
export function OptionalTrustedProxies(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    ValidateBy({ name: 'trustedProxies', validator: { validate, defaultMessage: () => MESSAGE } }),
  );
}

const validate = (text: unknown) => typeof text === 'string' && text.split(',').every(isRange);

function isRange(text: string): boolean {
  if (RANGES.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  // A range of everybody would let each client choose its own address.
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
