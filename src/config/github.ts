import { createPrivateKey } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches, ValidateBy } from 'class-validator';
import type { GithubConfig } from './config.js';
import type { Environment } from './environment.js';

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

/** What the App needs is given whole, or not at all. */
export function githubProblems(env: Environment): string[] {
  const missing = APP.filter((name) => env[name] === undefined);
  if (missing.length === 0 || missing.length === APP.length) return [];
  return [
    `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: ${APP.join(', ')} belong together`,
  ];
}

export function githubConfigOf(env: Environment): GithubConfig {
  const { GITHUB_APP_ID: appId, GITHUB_PRIVATE_KEY: key, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env;
  const isWhole = appId !== undefined && key !== undefined && GITHUB_CLIENT_ID !== undefined;
  return {
    apiUrl: env.GITHUB_API_URL.replace(/\/+$/, ''),
    timeoutMs: env.GITHUB_TIMEOUT_MS,
    webhookSecrets: env.GITHUB_WEBHOOK_SECRETS?.split(',') ?? [],
    app:
      isWhole && GITHUB_CLIENT_SECRET !== undefined
        ? {
            id: Number(appId),
            privateKey: withLineBreaks(key),
            clientId: GITHUB_CLIENT_ID,
            clientSecret: GITHUB_CLIENT_SECRET,
          }
        : undefined,
  };
}

const APP = ['GITHUB_APP_ID', 'GITHUB_PRIVATE_KEY', 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'] as const;

const areSecrets = (value: unknown): boolean =>
  typeof value === 'string' && value.split(',').every((secret) => SECRET.test(secret));

const withLineBreaks = (pem: string): string => pem.replaceAll(String.raw`\n`, '\n');

function isPrivateKey(pem: unknown): boolean {
  if (typeof pem !== 'string') return false;
  try {
    return createPrivateKey(withLineBreaks(pem)).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
