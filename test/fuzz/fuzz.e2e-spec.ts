import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { type RecipeApp, createRecipeApp } from '../support/recipes.js';
import { listen } from '../support/raw-client.js';
import { type Figures, campaign } from './campaign.js';
import type { Credentials } from './encode.js';
import { Target } from './target.js';
import { type Template, makeCredentials, makeTemplates } from './templates.js';
import { Wire } from './wire.js';

/** `npm run test:fuzz -- --requests 100000 --seed 1` sets them. */
const LONG = process.env['FUZZ_REQUESTS'];
const REQUESTS = Number(LONG ?? 250);
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe(`${REQUESTS} requests of the seed ${SEED}`, () => {
  let api: RecipeApp;
  let templates: Map<string, Template>;
  let credentials: Credentials;
  let target: Target | undefined;
  let port: number;
  beforeAll(async () => {
    api = await createRecipeApp();
    templates = await makeTemplates(api);
    credentials = await makeCredentials(api);
    target = LONG ? await Target.start(api) : undefined;
    port = target?.port ?? (await listen(api.app));
  }, 180_000);
  afterAll(async () => {
    await target?.stop();
    await api.close();
  });

  it(
    'get no 5xx, no stack trace, no SQL, no path of the machine, and every error as a problem document',
    async () => {
      const figures = await campaign({ port, seed: SEED, requests: REQUESTS, templates, credentials });
      if (LONG || figures.findings.length > 0) print(figures);
      expect(figures.findings).toEqual([]);
      expect(target?.errors ?? []).toEqual([]);
    },
    LONG ? 60 * 60_000 : undefined,
  );

  it('leave the service as it was: alive, and no connection busy', async () => {
    const wire = new Wire(port);
    const head = `GET /v1/tenant HTTP/1.1\r\nhost: x\r\nauthorization: ${credentials.acme['authorization']}\r\n\r\n`;
    expect((await wire.exchange(Buffer.from(head), false)).status).toBe(200);
    wire.close();
    expect(target?.isAlive ?? true).toBe(true);
    await eventually(async () => {
      const { rows } = await api.database.query(
        `SELECT state, query FROM pg_stat_activity
         WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`,
      );
      expect(rows).toEqual([]);
    });
  });
});

function print({ requests, seconds, byStatus, succeeded, slowest, findings }: Figures): void {
  const perClass = Map.groupBy(Object.entries(byStatus), ([status]) => `${status[0]}xx`);
  const classes = [...perClass].map(
    ([name, list]) => `${name} ${list.reduce((sum, [, count]) => sum + count, 0)}`,
  );
  const statuses = Object.entries(byStatus).map(([status, count]) => `${status}: ${count}`);
  const lines = [
    `Fuzz: seed ${SEED}, ${requests} requests in ${seconds.toFixed(1)} s, ${(requests / seconds).toFixed(0)} a second`,
    `${classes.join(', ')} (${statuses.join(', ')})`,
    `${succeeded.size} routes succeeded at least once; slowest ${slowest.ms.toFixed(0)} ms: ${slowest.curl.slice(0, 300)}`,
    `${findings.length} findings`,
    ...findings.map(({ key, curl, answer, seed }) => `- ${key} (seed ${seed})\n  ${curl}\n  ${answer}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
