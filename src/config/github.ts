import type { GithubConfig } from './config.js';
import type { Environment } from './environment.js';
import { withLineBreaks } from './github-types.js';

/** What is wrong with variables that are each fine alone. */
export function githubProblems(env: Environment): string[] {
  const isPlain = env.NODE_ENV === 'production' && env.GITHUB_API_URL?.startsWith('http://');
  return [
    ...missingProblems(env),
    ...(isPlain ? ['GITHUB_API_URL must be https in production: tokens are sent there'] : []),
  ];
}

/** What the App needs is given whole, or not at all. */
function missingProblems(env: Environment): string[] {
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
