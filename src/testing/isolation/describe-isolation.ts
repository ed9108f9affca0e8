import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getTableName } from 'drizzle-orm';
import { type IsolatedPlace, type IsolatedTable, type TenantTable, openPlace } from './isolated-place.js';
import { isolationRules } from './rules.js';

export type { IsolatedTable };

const START_TIMEOUT_MS = 60_000;

/**
 * A suite of its own, on a database of its own: is this table behind the walls? Asks the catalogue, and tries as a second
 * tenant, as nobody and as the control plane what they must not do, through the pools as the service has them.
 */
export function describeIsolation<T extends TenantTable>(isolated: IsolatedTable<T>): void {
  describe(`the isolation of ${getTableName(isolated.table)}`, () => {
    let place: IsolatedPlace;
    beforeAll(async () => {
      place = await openPlace(isolated);
    }, START_TIMEOUT_MS);
    afterAll(() => place?.close());

    it.each(isolationRules.map((rule) => [rule.title, rule] as const))('%s', async (_, rule) => {
      expect(await rule.faults(place)).toEqual([]);
    });
  });
}
