import { applyDecorators } from '@nestjs/common';
import { IsOptional, ValidateBy } from 'class-validator';

// No part of the URL stands in the message: it may hold a password.
const MESSAGE = 'must be a URL of the form redis://user:password@host:6379/0, or rediss:// for TLS';

export function OptionalRedisUrl(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    ValidateBy({ name: 'redisUrl', validator: { validate, defaultMessage: () => MESSAGE } }),
  );
}

const validate = (url: unknown) => typeof url === 'string' && isRedisUrl(url);

/** What node-redis would drop in silence (a query, a fragment) is refused. */
function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text) || /%(?![0-9a-f]{2})/i.test(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return (
    /^rediss?:$/.test(protocol) &&
    hostname !== '' &&
    /^(\/\d{0,4})?$/.test(pathname) &&
    `${search}${hash}` === ''
  );
}
