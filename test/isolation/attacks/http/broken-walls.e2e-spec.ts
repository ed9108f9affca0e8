import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { declaredTenantTables } from '../../../../src/database/index.js';
import { RECIPES, type Target, callRecipe } from '../../../support/recipes.js';
import { IS_LONG } from '../places.js';
import { type FullApp, READS, answersTo, createFullApp, readAsStranger } from './lists.js';
import { TENANT_OPERATIONS, askAsStranger } from './strangers.js';
import { TellingModule, telling } from './telling.module.js';

/** Whoever reads these asks for what they belong to, whose policies still hold: a second wall. */
const BEHIND: Record<string, string[]> = {
  customer_contacts: ['customers'],
  dependencies: ['services'],
  github_installation_repositories: ['github_installations'],
  interactions: ['services'],
  quote_line_versions: ['quotes', 'quote_versions'],
  quote_lines: ['quotes'],
  quote_links: ['quotes'],
  quote_versions: ['quotes'],
  rate_card_items: ['rate_cards'],
  service_versions: ['services'],
  specs: ['services'],
};

/** No route reads them. */
const UNREAD = ['comments', 'counters', 'idempotency_keys', 'mail_outbox'];

/** Tables that routes of tenants read, and behind which no other wall stands: all others, so that a new one is tried alone. */
const ALONE = declaredTenantTables().filter((table) => !(table in BEHIND) && !UNREAD.includes(table));

const ALL_TABLES = [...ALONE, ...Object.keys(BEHIND)];
const EVERYBODY = 'true';
const OWN = 'tenant_id = current_tenant_id()';
const VARYING = /"(instance|lastUsedAt)":"[^"]+"/g;
const policies = (table: string, predicate: string) =>
  ['floor', 'tenant']
    .map((name) => `ALTER POLICY ${table}_${name} ON ${table} USING (${predicate})`)
    .join('; ');

(IS_LONG ? describe : describe.skip)('the attacks through HTTP notice that', () => {
  let api: FullApp;
  beforeAll(async () => {
    api = await createFullApp([TellingModule]);
    telling.exists = async (id) => {
      const { rows } = await api.database.query('SELECT FROM fixtures WHERE id::text = $1', [id]);
      return rows.length > 0;
    };
  });
  afterAll(() => api.close());
  afterEach(async () => {
    telling.slip = 'none';
    await api.database.query(ALL_TABLES.map((table) => policies(table, OWN)).join('; '));
  });

  /** Failures of the application under a broken wall are noticed as well. */
  const complaints = async () => {
    const found: string[] = [];
    const note = async (ask: () => Promise<string[]>) =>
      found.push(...(await ask().catch((error: unknown) => [String(error)])));
    for (const operation of READS) await note(() => readAsStranger(api, operation));
    for (const operation of TENANT_OPERATIONS) await note(() => askAsStranger(api, operation));
    return found;
  };
  const expectNoticed = async (name: string, breakIt: () => Promise<unknown>) => {
    const before = await answersTo(api, api.globex.apiKey);
    await breakIt();
    const after = await answersTo(api, api.globex.apiKey);
    const changed = READS.filter((operation) => before.get(operation) !== after.get(operation));
    const found = [...changed.map((operation) => `${operation} is another`), ...(await complaints())];
    process.stdout.write(`${name}: ${found.length} complaints, first: ${found[0]?.slice(0, 160)}\n`);
    expect(found).not.toEqual([]);
  };

  it('a table that is named here is gone', () => {
    expect([...ALL_TABLES, ...UNREAD].sort()).toEqual(declaredTenantTables());
  });

  it('nothing is wrong where all walls stand', async () => {
    expect(await complaints()).toEqual([]);
  });

  it.each(['forbids', 'adds a header'] as const)(
    'an application %s where a row is another’s',
    async (slip) => {
      await expectNoticed(slip, async () => (telling.slip = slip));
    },
  );

  it.each(ALONE)('%s shows its rows to everybody', async (table) => {
    await expectNoticed(table, () => api.database.query(policies(table, EVERYBODY)));
  });

  it.each(Object.entries(BEHIND))(
    '%s shows its rows to everybody, as soon as %j do',
    async (table, walls) => {
      const reads = TENANT_OPERATIONS.filter((operation) => operation.startsWith('get '));
      const targets = new Map<string, Target>();
      for (const operation of reads)
        targets.set(operation, (await RECIPES[operation]!.resource?.(api)) ?? '');
      const answers = async () => {
        const texts: string[] = [];
        for (const [operation, target] of targets)
          texts.push((await callRecipe(api, operation, api.globex.apiKey, target)).text.replace(VARYING, ''));
        return texts;
      };
      const alone = await answers();
      await api.database.query(policies(table, EVERYBODY));
      expect(await answers()).toEqual(alone);
      const open = walls.map((wall) => policies(wall, EVERYBODY));
      await api.database.query([...open, policies(table, OWN)].join('; '));
      const behindOpenWalls = await answers();
      await api.database.query(policies(table, EVERYBODY));
      expect(await answers()).not.toEqual(behindOpenWalls);
    },
  );
});
