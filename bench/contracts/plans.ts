import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { withClient } from '../../src/migrations/index.js';
import { startServer } from '../server.js';
import { rowhouseEnvironment } from '../variants.js';
import { capturePlans } from './capture.js';
import { SERVER_SETTINGS, createContractsDatabase } from './database.js';
import { startExplainedApp } from './explained-app.js';
import { planText } from './plan-text.js';
import { REQUESTS } from './requests.js';

const FOLDER = 'bench/contracts/plans';
const INTERACTIONS = 100_000;

/**
 * `npm run bench:plans [-- --check]`: how PostgreSQL runs the statements of the contracts routes on a hundred thousand
 * interactions, as text beside the code, so that a plan that changes shows in review. `--check`: only tells whether it is what is kept.
 */
const isCheck = process.argv.includes('--check');
// One plan, however many processors the machine has.
const server = await startServer({
  ...SERVER_SETTINGS,
  max_parallel_workers_per_gather: 0,
  jit: 'off',
  autovacuum: 'off',
});
try {
  const changed = await comparePlans();
  if (changed.length > 0) console.log(`${isCheck ? 'Changed' : 'Written'}: ${changed.join(', ')}`);
  else console.log('No plan changed');
  if (isCheck && changed.length > 0) process.exitCode = 1;
} finally {
  await server.stop();
}

async function comparePlans(): Promise<string[]> {
  const { name } = await createContractsDatabase(server, INTERACTIONS);
  const runAsAdmin = (text: string) =>
    withClient({ connectionString: server.adminUrl(name) }, (client) => client.query(text));
  const environment = rowhouseEnvironment(
    { url: (login) => server.loginUrl(login, name) },
    server.port,
    server.port,
  );
  const { app, send } = await startExplainedApp(environment);
  try {
    const plansOf = await capturePlans(app, name, runAsAdmin);
    await mkdir(FOLDER, { recursive: true });
    const changed: string[] = [];
    for (const [group, requests] of Object.entries(REQUESTS)) {
      const texts: string[] = [];
      for (const request of requests)
        texts.push(planText(request, await plansOf(() => send(request.method, request.path, request.body))));
      const file = `${FOLDER}/${group}.txt`;
      const text = texts.join('\n');
      if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
      changed.push(file);
      if (!isCheck) await writeFile(file, text);
    }
    return changed;
  } finally {
    await app.close();
    await runAsAdmin(`ALTER DATABASE ${name} RESET ALL`);
    await withClient({ connectionString: server.adminUrl() }, (admin) =>
      admin.query(`DROP DATABASE ${name} WITH (FORCE)`),
    );
  }
}
