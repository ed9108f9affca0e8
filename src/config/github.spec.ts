import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const PEM = privateKey.export({ type: 'pkcs1', format: 'pem' });
const APP = {
  GITHUB_APP_ID: '123456',
  GITHUB_PRIVATE_KEY: PEM,
  GITHUB_CLIENT_ID: 'Iv1.0123456789abcdef',
  GITHUB_CLIENT_SECRET: 'client-secret-0123',
};
const load = (environment: Record<string, string>) =>
  loadConfig({
    DATABASE_URL: 'postgres://rowhouse_app:pw1@localhost/rowhouse',
    CONTROL_DATABASE_URL: 'postgres://rowhouse_control:pw2@localhost/rowhouse',
    ...environment,
  }).github;

describe('the configuration of GitHub', () => {
  it('is not needed', () => {
    expect(load({})).toEqual({
      apiUrl: 'https://api.github.com',
      timeoutMs: 5_000,
      webhookSecrets: [],
      app: undefined,
    });
  });

  it('takes a key with line breaks, or with what stands for them', () => {
    for (const key of [PEM, PEM.replaceAll('\n', String.raw`\n`)])
      expect(load({ ...APP, GITHUB_PRIVATE_KEY: key }).app).toEqual({
        id: 123_456,
        privateKey: PEM,
        clientId: APP.GITHUB_CLIENT_ID,
        clientSecret: APP.GITHUB_CLIENT_SECRET,
      });
  });

  it('takes several secrets of webhooks', () => {
    const secrets = ['the-new-secret-of-webhooks', 'the-old-secret-of-webhooks'];
    expect(load({ GITHUB_WEBHOOK_SECRETS: secrets.join(',') }).webhookSecrets).toEqual(secrets);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['half of an App', { GITHUB_APP_ID: '1', GITHUB_CLIENT_ID: 'x' }, /PRIVATE_KEY and \w+ are missing/],
    [
      'a key that is none',
      { ...APP, GITHUB_PRIVATE_KEY: 'secret text' },
      /GITHUB_PRIVATE_KEY must be an RSA/,
    ],
    [
      'a short secret',
      { GITHUB_WEBHOOK_SECRETS: 'the-new-secret-of-webhooks,short' },
      /WEBHOOK_SECRETS must be/,
    ],
    ['an id that is none', { ...APP, GITHUB_APP_ID: 'app' }, /GITHUB_APP_ID must be/],
    [
      'plain HTTP in production',
      { NODE_ENV: 'production', GITHUB_API_URL: 'http://github.internal/api/v3' },
      /GITHUB_API_URL must be https/,
    ],
  ])('refuses %s, and tells no secret', (_, environment, message) => {
    expect(() => load(environment)).toThrow(message);
    expect(() => load(environment)).not.toThrow(/secret text|webhooks/);
  });
});
