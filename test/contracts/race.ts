import { type TestApp, createTestApp } from '../support/app.js';
import type { Scenario } from './scenario.js';

export const ROUNDS = 3;

/** A race is lost now and then only: once more, and once more. */
export const rounds = (race: () => Promise<void>) => async () => {
  for (let round = 0; round < ROUNDS; round++) await race();
};

export interface RaceCourse {
  api: TestApp;
  /** The same world, through each of two instances on one database. */
  onBoth(shop: Scenario): [Scenario, Scenario];
  close(): Promise<void>;
}

/** Two instances with their connections open: else the first of a race would be over while the others still connect. */
export async function openRaceCourse(): Promise<RaceCourse> {
  const api = await createTestApp();
  const other = await createTestApp({ sharing: api });
  const reads = Array.from({ length: 12 }, (_, i) =>
    [api, other][i % 2]!.call('GET', '/v1/services', { as: api.acme.apiKey }),
  );
  await Promise.all(reads);
  return {
    api,
    onBoth: (shop) => [shop.through(api), shop.through(other)],
    close: async () => {
      await other.close();
      await api.close();
    },
  };
}
