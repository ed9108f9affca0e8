import { createHmac, randomUUID } from 'node:crypto';
import type { Answer, TestApp } from '../support/app.js';
import { parseExposition } from '../observability/exposition.js';
import { eventually } from '../support/eventually.js';
import { type GithubServer, WEBHOOK_SECRET } from './github-server.js';
import type { Payload } from './payloads.js';

export const signatureOf = (body: string | Buffer, secret = WEBHOOK_SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Sends as GitHub would. */
export function deliver(
  { call }: Pick<TestApp, 'call'>,
  event: string,
  payload: Payload,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return call('POST', '/v1/webhooks/github', {
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': signatureOf(body),
      ...headers,
    },
    body,
  });
}

export interface DeliveryRow {
  id: string;
  delivery_id: string;
  event: string;
  action: string | null;
  installation_id: string | null;
  status: string;
  attempts: number;
  last_error: string | null;
}

/** In the order in which they came. */
export const deliveriesOf = async ({ database }: Pick<TestApp, 'database'>): Promise<DeliveryRow[]> =>
  (
    await database.query(
      `SELECT id, delivery_id, event, action, installation_id, status, attempts, last_error
         FROM github_deliveries ORDER BY id`,
    )
  ).rows as unknown as DeliveryRow[];

/** All that came is handled, or put aside. */
export const settled = (api: Pick<TestApp, 'database'>): Promise<DeliveryRow[]> =>
  eventually(async () => {
    const rows = await deliveriesOf(api);
    const waiting = rows.filter(({ status }) => status === 'received');
    if (waiting.length > 0)
      throw new Error(`${waiting.length} deliveries wait: ${JSON.stringify(waiting[0])}`);
    return rows;
  });

/** One of the metrics of a process. */
export const figureOf = async (
  { call }: Pick<TestApp, 'call'>,
  name: string,
  labels: Record<string, string>,
): Promise<number> =>
  parseExposition((await call('GET', '/metrics')).text).find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )!.value;

/** What waits for its next attempt is due at once. */
export const comeDue = ({ database }: Pick<TestApp, 'database'>) =>
  database.query(
    `UPDATE github_deliveries SET next_attempt_at = now() WHERE status = 'received'; NOTIFY rowhouse_github`,
  );

/** Begins to connect; the state. */
export async function begin({ call }: Pick<TestApp, 'call'>, as: string): Promise<string> {
  const { status, body, text } = await call('POST', '/v1/github/installations/start', { as });
  if (status !== 200) throw new Error(text);
  return new URL(body.url).searchParams.get('state')!;
}

export const setup = (
  { call }: Pick<TestApp, 'call'>,
  as: string,
  query: Record<string, string | number>,
): Promise<Answer> =>
  call(
    'GET',
    `/v1/github/setup?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString()}`,
    { as },
  );

/** Installs the App at GitHub and connects it; GitHub's id, and ours. */
export async function connect(
  api: Pick<TestApp, 'call'>,
  github: GithubServer,
  as: string,
  repositories = 1,
): Promise<{ installationId: number; id: string }> {
  const { installationId, code } = github.install(repositories);
  const id = await connectKnown(api, { installationId, code }, as);
  return { installationId, id };
}

export async function connectKnown(
  api: Pick<TestApp, 'call'>,
  { installationId, code }: { installationId: number; code: string },
  as: string,
): Promise<string> {
  const { status, body, text } = await setup(api, as, {
    installation_id: installationId,
    setup_action: 'install',
    state: await begin(api, as),
    code,
  });
  if (status !== 200) throw new Error(text);
  return body.id;
}
