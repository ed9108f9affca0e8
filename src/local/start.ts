import 'reflect-metadata';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.js';
import { allowedFindings } from '../audit-allowed.js';
import { loadConfig, readEnvironmentFile } from '../config/index.js';
import { failStart } from '../fail-start.js';
import { closeOnSignal } from '../shutdown.js';
import type { AllowedFinding } from '../tenancy/audit/index.js';
import { seedContracts } from './demo-contracts.js';
import { type DemoKeys, PIVOTAL_FLOW } from './demo-data.js';
import { demoIssuer } from './demo-issuer.js';
import { demoKeys, readDemoKeys } from './demo-keys.js';
import { demoTokens, seedPeople } from './demo-people.js';
import { seedQuoting } from './demo-quoting.js';
import { LOCAL_FOLDER } from './development-database.js';
import { FolderInUse } from './embedded-lock.js';
import { startLocalDatabase } from './local-database.js';
import { readIfExists, replaceFile } from './local-file.js';

/** What `npm start` runs: the server, and without DATABASE_URL a PostgreSQL of its own with demo tenants. */
const FOLDER = LOCAL_FOLDER;
const DEMO_FILE = join(FOLDER, 'demo.json');

async function start(): Promise<void> {
  await readEnvironmentFile();
  const { DATABASE_URL, NODE_ENV } = process.env;
  if (DATABASE_URL !== undefined || NODE_ENV === 'production') return void (await import('../main.js'));
  loadConfig({ ...process.env, ...SOME_DATABASE }); // what is wrong with it is told before anything runs
  const { server, environment } = await startLocalDatabase(FOLDER, say);
  let app: NestFastifyApplication | undefined;
  try {
    const issuer = await demoIssuer(FOLDER);
    const defaults = {
      LOG_LEVEL: defaultLogLevel(),
      JWT_ISSUERS: issuer.setting,
      ...linksToHere(process.env['PORT']),
    };
    const config = loadConfig({ ...defaults, ...process.env, ...environment });
    app = await createApp(config, [...allowedFindings, EMBEDDED_SERVER]);
    closeOnSignal(app, config.http.shutdownDelayMs + config.http.drainTimeoutMs, () => server.stop());
    const demo = await keysOf(app);
    await seedPeople(app, issuer, demo);
    const idOf = (name: string) => demo.tenants.find(({ slug }) => slug === name)!.id;
    await seedContracts(app, idOf('acme'));
    await seedQuoting(app, idOf(PIVOTAL_FLOW.slug));
    await app.listen(config.http.port, config.http.host);
    await announce(await app.getUrl(), demo, await demoTokens(issuer));
  } catch (error) {
    // While it has its database, of whose loss it would complain; what is to be told is the first error.
    await app?.close().catch(() => undefined);
    await server.stop();
    throw error;
  }
}

const SOME_DATABASE = {
  DATABASE_URL: 'postgres://rowhouse_app@127.0.0.1/rowhouse',
  CONTROL_DATABASE_URL: 'postgres://rowhouse_control@127.0.0.1/rowhouse',
};

const EMBEDDED_SERVER: AllowedFinding = {
  rule: 'A01',
  object: 'the server',
  reason: 'npm has no newer one, and it serves nobody but whoever started it',
  until: '9999-12-31',
};

/** Mails link to the server itself, whose port is not known yet where any free one is taken. */
const linksToHere = (port = '3000') =>
  /^[1-9]\d{0,4}$/.test(port) ? { APP_URL: `http://127.0.0.1:${port}` } : {};

/** Nest's own messages would bury ours; who asks for the queries wants to see them. */
const defaultLogLevel = () => (process.env['LOG_QUERIES'] === 'true' ? 'info' : 'warn');

/** Their secrets are told once: demo.json is where they stay. */
async function keysOf(app: NestFastifyApplication): Promise<DemoKeys> {
  const text = await readIfExists(DEMO_FILE);
  const last = text === undefined ? undefined : readDemoKeys(text);
  if (text !== undefined && !last) say(`${DEMO_FILE} is not as it was written here: it gets new keys`);
  const demo = await demoKeys(app, last);
  const slugs = demo.tenants.map(({ slug }) => slug);
  if (last === undefined) say(`Demo tenants ${slugs.join(', ')}, and an operator, are seeded`);
  else {
    const keysBefore = new Map(last.tenants.map(({ slug, apiKey }) => [slug, apiKey]));
    const renewed = demo.tenants.filter(({ slug, apiKey }) => keysBefore.get(slug) !== apiKey);
    const names = renewed.map(({ slug }) => slug);
    if (demo.operator.apiKey !== last.operator.apiKey) names.push('the operator');
    if (names.length > 0) say(`New keys for ${names.join(', ')}: the last ones do not open everything`);
  }
  return demo;
}

async function announce(
  baseUrl: string,
  { tenants, operator }: DemoKeys,
  tokens: Record<string, string>,
): Promise<void> {
  await replaceFile(DEMO_FILE, JSON.stringify({ baseUrl, tenants, operator, tokens }, null, 2));
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
