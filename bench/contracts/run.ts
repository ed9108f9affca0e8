import { withClient } from '../../src/migrations/index.js';
import { type Child, startChild } from '../fork.js';
import { machineFacts } from '../machine.js';
import { startServer } from '../server.js';
import { rowhouseEnvironment } from '../variants.js';
import { Client } from './client.js';
import { type ContractsDatabase, SERVER_SETTINGS, createContractsDatabase } from './database.js';
import { measureDeployability } from './deployability.js';
import { walkMatrix } from './matrix.js';
import { measureReads } from './reads.js';
import { measureRecording } from './recording.js';
import { type ContractsReport, keepContracts, printContracts } from './report.js';

/** `npm run bench:contracts [-- --quick]`: contract testing at scale. See README.md of the folder above. */
const isQuick = process.argv.includes('--quick');
const sizes = isQuick ? [10_000, 50_000] : [10_000, 100_000, 1_000_000];
const rounds = isQuick ? 3 : 20;

const startedAt = performance.now();
const server = await startServer(SERVER_SETTINGS);
const databases: ContractsDatabase[] = [];
const children: Child[] = [];
try {
  const report = await measure();
  printContracts(report);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  console.log(`Kept in ${await keepContracts(report, isQuick)}; took ${seconds} s`);
} finally {
  for (const child of children) await child.stop();
  for (const { name } of databases)
    await withClient({ connectionString: server.adminUrl() }, (admin) =>
      admin.query(`DROP DATABASE ${name} WITH (FORCE)`),
    );
  await server.stop();
}

async function measure(): Promise<ContractsReport> {
  const clients = new Map<number, Client>();
  for (const size of sizes) {
    say(`loading ${size} interactions`);
    const database = await createContractsDatabase(server, size);
    databases.push(database);
    const { name } = database;
    const child = await startChild(
      'rowhouse',
      rowhouseEnvironment({ url: (login) => server.loginUrl(login, name) }, server.port, server.port),
    );
    children.push(child);
    clients.set(size, new Client(child));
  }
  const [largest, child] = [clients.get(sizes.at(-1)!)!, children.at(-1)!];
  say('can-i-deploy');
  const deployability = await measureDeployability(clients, rounds);
  say('reads');
  const reads = await measureReads(largest, isQuick ? 10 : 50);
  say('matrix');
  const matrix = await walkMatrix(largest, child);
  say('recording');
  const recording = await measureRecording(largest, rounds);
  return {
    at: new Date().toISOString(),
    machine: machineFacts(databases[0]!.version),
    databases,
    deployability,
    recording,
    matrix,
    reads,
  };
}

function say(text: string): void {
  console.log(`- ${text}`);
}
