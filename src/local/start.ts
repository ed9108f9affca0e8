import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.js';
import { loadConfig, readEnvironmentFile } from '../config/index.js';
import { failStart } from '../fail-start.js';
import { closeOnSignal } from '../shutdown.js';
import { seedContracts } from './demo-contracts.js';
import { DEMO_TENANTS, type DemoKeys, PIVOTAL_FLOW, seedDemo, seedMissingDemo } from './demo-data.js';
import { demoIssuer } from './demo-issuer.js';
import { demoTokens, seedPeople } from './demo-people.js';
import { seedQuoting } from './demo-quoting.js';
import { LOCAL_FOLDER } from './development-database.js';
import { FolderInUse } from './embedded-lock.js';
import { startLocalDatabase } from './local-database.js';
import { readIfExists } from './read-if-exists.js';

/** What `npm start` runs: the server, and without DATABASE_URL a PostgreSQL of its own with demo tenants. */
const FOLDER = LOCAL_FOLDER;
const DEMO_FILE = join(FOLDER, 'demo.json');

async function start(): Promise<void> {
  await readEnvironmentFile();
  const { DATABASE_URL, NODE_ENV } = process.env;
  if (DATABASE_URL !== undefined || NODE_ENV === 'production') return void (await import('../main.js'));
  const { server, environment } = await startLocalDatabase(FOLDER, say);
  try {
    const issuer = await demoIssuer(FOLDER);
    const defaults = {
      LOG_LEVEL: defaultLogLevel(),
      JWT_ISSUERS: issuer.setting,
      ...linksToHere(process.env['PORT']),
    };
    const config = loadConfig({ ...defaults, ...process.env, ...environment });
    const app = await createApp(config);
    closeOnSignal(app, config.http.shutdownDelayMs + config.http.drainTimeoutMs, () => server.stop());
    const demo = await demoKeys(app);
    await seedPeople(app, issuer, demo);
    const idOf = (name: string) => demo.tenants.find(({ slug }) => slug === name)!.id;
    await seedContracts(app, idOf('acme'));
    await seedQuoting(app, idOf(PIVOTAL_FLOW.slug));
    await app.listen(config.http.port, config.http.host);
    await announce(await app.getUrl(), demo, await demoTokens(issuer));
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Mails link to the server itself, whose port is not known yet where any free one is taken. */
const linksToHere = (port = '3000') =>
  /^[1-9]\d{0,4}$/.test(port) ? { APP_URL: `http://127.0.0.1:${port}` } : {};

/** Nest's own messages would bury ours; who asks for the queries wants to see them. */
const defaultLogLevel = () => (process.env['LOG_QUERIES'] === 'true' ? 'info' : 'warn');

/** The keys of the first start stay valid: a new database gets new ones. */
async function demoKeys(app: NestFastifyApplication): Promise<DemoKeys> {
  const text = await readIfExists(DEMO_FILE);
  const known = text === undefined ? undefined : (JSON.parse(text) as DemoKeys);
  if (known && (await isValid(app, known.operator.apiKey))) return withNewTenants(app, known);
  const demo = await seedDemo(app);
  say(`Demo tenants ${demo.tenants.map(({ slug }) => slug).join(', ')}, and an operator, are seeded`);
  return demo;
}

/** The folder may be of a version that had fewer. */
async function withNewTenants(app: NestFastifyApplication, known: DemoKeys): Promise<DemoKeys> {
  const missing = DEMO_TENANTS.filter(({ slug }) => !known.tenants.some((tenant) => tenant.slug === slug));
  if (missing.length === 0) return known;
  const { tenants } = await seedMissingDemo(app, missing);
  return { ...known, tenants: [...known.tenants, ...tenants] };
}

async function isValid(app: NestFastifyApplication, apiKey: string): Promise<boolean> {
  const { statusCode } = await app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${apiKey}` } });
  return statusCode === 200;
}

async function announce(
  baseUrl: string,
  { tenants, operator }: DemoKeys,
  tokens: Record<string, string>,
): Promise<void> {
  await writeFile(DEMO_FILE, JSON.stringify({ baseUrl, tenants, operator, tokens }, null, 2), {
    mode: 0o600,
  });
  console.log(`\nRowhouse is ready on ${baseUrl}`);
  console.log(`API documentation: ${baseUrl}/docs\n`);
  for (const { slug, apiKey } of tenants) {
    console.log(`${slug}: ${apiKey}\n  curl -H 'Authorization: Bearer ${apiKey}' ${baseUrl}/v1/api-keys\n`);
  }
  console.log(
    `The operator's key and tokens of people (${Object.keys(tokens).join(', ')}) are in ${DEMO_FILE}. Ctrl-C stops the server and its database.`,
  );
}

function say(text: string): void {
  console.log(`- ${text}`);
}

try {
  await start();
} catch (error) {
  if (!(error instanceof FolderInUse)) failStart(error);
  console.error(error.message);
  process.exit(1);
}
