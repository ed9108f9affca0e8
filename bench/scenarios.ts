import type { BenchDatabase } from './database.js';
import type { Load } from './load.js';
import type { RunningVariant } from './variants.js';

export const SCENARIOS = ['list', 'read', 'insert'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export const SCENARIO_TITLES: Record<Scenario, string> = {
  list: 'list 20 rows',
  read: 'read one',
  insert: 'insert one',
};

/** Which requests a scenario sends to a variant; the same to all. */
export function requestsOf(
  scenario: Scenario,
  { baseUrl, headersOf }: RunningVariant,
  database: BenchDatabase,
) {
  const paths = scenario === 'read' ? database.noteIds.map((id) => `/v1/notes/${id}`) : ['/v1/notes'];
  const isInsert = scenario === 'insert';
  return {
    baseUrl,
    paths,
    isInsert,
    headers: headersOf(isInsert ? 'globex' : 'acme'),
  } satisfies Partial<Load>;
}

/** Sends one request of the scenario and answers its body; rejects unless it succeeds. */
export async function requestOnce(scenario: Scenario, server: RunningVariant, database: BenchDatabase) {
  const { baseUrl, paths, isInsert, headers } = requestsOf(scenario, server, database);
  const body = JSON.stringify({ title: `one ${performance.timeOrigin} ${performance.now()}`, body: '' });
  const response = await fetch(`${baseUrl}${paths[0]}`, {
    headers: { ...headers, ...(isInsert && { 'content-type': 'application/json' }) },
    ...(isInsert && { method: 'POST', body }),
  });
  if (response.status !== (isInsert ? 201 : 200))
    throw new Error(`${scenario}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

/** All variants must answer alike, or the comparison would be of different work. */
export async function refuseDifferentAnswers(
  servers: RunningVariant[],
  database: BenchDatabase,
): Promise<void> {
  const answers = await Promise.all(
    servers.map(async (server) => {
      const list = await requestOnce('list', server, database);
      const inserted = await requestOnce('insert', server, database);
      return JSON.stringify([
        list['data'],
        await requestOnce('read', server, database),
        Object.keys(inserted).sort(),
      ]);
    }),
  );
  if (new Set(answers.map(sortKeys)).size > 1)
    throw new Error(`The variants answer differently:\n${answers.join('\n')}`);
}

const sortKeys = (json: string) =>
  JSON.stringify(JSON.parse(json), (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
      : value,
  );
