import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SYSTEM_TENANT_ID } from '../database/index.js';
import { ALL_SCOPES, TENANT_SCOPES, type Scope } from '../identity/index.js';
import { type DemoKeys, seedDemoBut } from './demo-data.js';

/**
 * The keys of the last start, each for as long as it opens what a new one would. Who revokes one, adds a resource with
 * scopes of its own or resets the database gets new ones.
 */
export async function demoKeys(app: NestFastifyApplication, last: DemoKeys | undefined): Promise<DemoKeys> {
  const known = new Map<string, string>();
  if (last) {
    const { operator, tenants } = last;
    if (await opens(app, operator.apiKey, ALL_SCOPES)) known.set(SYSTEM_TENANT_ID, operator.apiKey);
    for (const { id, apiKey } of tenants) if (await opens(app, apiKey, TENANT_SCOPES)) known.set(id, apiKey);
  }
  return seedDemoBut(app, known);
}

/** What the last start wrote; undefined where somebody changed it so that it cannot be used. */
export function readDemoKeys(text: string): DemoKeys | undefined {
  try {
    const { tenants, operator } = JSON.parse(text) as DemoKeys;
    const texts = [operator.apiKey, ...tenants.flatMap(({ slug, id, apiKey }) => [slug, id, apiKey])];
    return texts.every((each) => typeof each === 'string') ? { tenants, operator } : undefined;
  } catch {
    return undefined;
  }
}

/** Of a tenant that is suspended, a new key would open no more. */
async function opens(app: NestFastifyApplication, apiKey: string, wanted: Scope[]): Promise<boolean> {
  const answer = await app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${apiKey}` } });
  if (answer.statusCode !== 200) return answer.statusCode !== 401;
  const { scopes } = answer.json<{ scopes: string[] }>();
  return wanted.every((scope) => scopes.includes(scope));
}
