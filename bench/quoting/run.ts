import { withClient } from '../../src/migrations/index.js';
import { Client } from '../contracts/client.js';
import { SERVER_SETTINGS } from '../contracts/database.js';
import type { Latency } from '../contracts/latency.js';
import { startChild } from '../fork.js';
import { machineFacts } from '../machine.js';
import { keep } from '../report.js';
import { startServer } from '../server.js';
import { rowhouseEnvironment } from '../variants.js';
import { createQuotingDatabase } from './database.js';
import { writePlans } from './plans.js';
import { measurePreview, measureReads, requestsOf } from './reads.js';

/** `npm run bench:quoting [-- --quick]`: lists of quotes at scale, and how PostgreSQL runs them. See README.md above. */
const isQuick = process.argv.includes('--quick');
const quotes = isQuick ? 50_000 : 1_000_000;
const TARGET_LIST_MS = 10;
const TARGET_PREVIEW_MS = 20;

const server = await startServer(SERVER_SETTINGS);
try {
  console.log(`- loading ${quotes} quotes`);
  const database = await createQuotingDatabase(server, quotes);
  const { name } = database;
  const environment = rowhouseEnvironment(
    { url: (login) => server.loginUrl(login, name) },
    server.port,
    server.port,
  );
  try {
    const child = await startChild('rowhouse', environment);
    const client = new Client(child);
    const requests = await requestsOf(client, quotes);
    console.log('- reads');
    const reads = await measureReads(client, requests, isQuick ? 10 : 50);
    const preview = await measurePreview(client, child, isQuick ? 10 : 100);
    await child.stop();
    print(reads, preview);
    const at = new Date().toISOString();
    const report = { at, machine: machineFacts(database.version), database, reads, preview };
    console.log(`Kept in ${await keep(report, '-quoting', isQuick)}`);
    if (!isQuick)
      console.log(`Plans: ${(await writePlans(server, name, { environment, requests })).join(', ')}`);
  } finally {
    await withClient({ connectionString: server.adminUrl() }, (admin) =>
      admin.query(`DROP DATABASE ${name} WITH (FORCE)`),
    );
  }
} finally {
  await server.stop();
}

function print(reads: Record<string, Latency>, preview: Latency): void {
  console.table(reads);
  console.table({ 'preview of 1,000 lines': preview });
  console.table([
    {
      what: 'a list of 50 quotes, p50 in ms',
      measured: reads['quotes, newest']!.p50Ms,
      atMost: TARGET_LIST_MS,
    },
    { what: 'preview of 1,000 lines, p50 in ms', measured: preview.p50Ms, atMost: TARGET_PREVIEW_MS },
  ]);
}
