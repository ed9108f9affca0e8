import { createPrivateKey } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches, ValidateBy } from 'class-validator';

/** Enough that nobody guesses it; a comma stands between two. */
const SECRET = /^[\x21-\x2b\x2d-\x7e]{16,256}$/;

/** A PEM text; `\n` may stand for its line breaks, as many a secret store has it. */
export function OptionalPrivateKey(): PropertyDecorator {
  const message = 'must be an RSA private key in PEM form, as GitHub gives it';
  return applyDecorators(
    IsOptional(),
    ValidateBy({ name: 'privateKey', validator: { validate: isPrivateKey } }, { message }),
  );
}

export function OptionalSecrets(): PropertyDecorator {
  const message = 'must be one or more secrets of 16 to 256 printable characters, with commas between them';
  return applyDecorators(
    IsOptional(),
    ValidateBy({ name: 'secrets', validator: { validate: areSecrets } }, { message }),
  );
}

export const OptionalAppId = () =>
  applyDecorators(
    IsOptional(),
    Matches(/^[1-9]\d{0,14}$/, { message: 'must be the number of a GitHub App' }),
  );

const areSecrets = (value: unknown): boolean =>
  typeof value === 'string' && value.split(',').every((secret) => SECRET.test(secret));

/** A PEM text as it was before its line breaks were written as `\n`. */
export const withLineBreaks = (pem: string): string => pem.replaceAll(String.raw`\n`, '\n');

function isPrivateKey(pem: unknown): boolean {
  if (typeof pem !== 'string') return false;
  try {
    return createPrivateKey(withLineBreaks(pem)).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
