import { mkdir, writeFile } from 'node:fs/promises';
import { withClient } from '../../src/migrations/index.js';
import { capturePlans } from '../contracts/capture.js';
import { startExplainedApp } from '../contracts/explained-app.js';
import { planText } from '../contracts/plan-text.js';
import type { BenchServer } from '../server.js';
import { PREVIEW } from './reads.js';

const FOLDER = 'bench/quoting/plans';
/** One plan, however many processors the machine has. */
const STEADY = { max_parallel_workers_per_gather: 0, jit: 'off' };

/** How PostgreSQL runs the statements of these requests, as text beside the code. Answers the files. */
export async function writePlans(
  server: BenchServer,
  database: string,
  { environment, requests }: { environment: Record<string, string>; requests: Record<string, string> },
): Promise<string[]> {
  const runAsAdmin = (text: string) =>
    withClient({ connectionString: server.adminUrl(database) }, (client) => client.query(text));
  for (const [name, value] of Object.entries(STEADY))
    await runAsAdmin(`ALTER DATABASE ${database} SET ${name} = '${value}'`);
  const { app, send } = await startExplainedApp({ ...environment, AUDIT: 'warn' }); // of the tables of the notes
  try {
    const plansOf = await capturePlans(app, database, runAsAdmin);
    await mkdir(FOLDER, { recursive: true });
    const texts = new Map<string, string[]>();
    for (const path of Object.values(requests)) {
      const request = { method: 'GET' as const, path };
      const text = steady(planText(request, await plansOf(() => send('GET', path))));
      const group = path.startsWith('/v1/quotes') ? 'quotes' : 'catalogue';
      texts.set(group, [...(texts.get(group) ?? []), text]);
    }
    const preview = { method: 'POST' as const, path: '/v1/quotes/preview' };
    const plans = await plansOf(() => send(preview.method, preview.path, PREVIEW));
    texts.set('preview', [steady(planText(preview, plans))]);
    for (const [group, all] of texts) await writeFile(`${FOLDER}/${group}.txt`, all.join('\n'));
    return [...texts.keys()].map((group) => `${FOLDER}/${group}.txt`);
  } finally {
    await app.close();
  }
}

/** Without what is another each time, and without lists of a thousand. */
const steady = (text: string): string =>
  text
    .replaceAll(/after=[^&\n]+/g, 'after=...')
    .replaceAll(/\d{4}-\d\d-\d\d/g, '...')
    .replaceAll(/'\{[^']{200,}\}'/g, "'{...}'");
