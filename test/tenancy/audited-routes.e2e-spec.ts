import 'reflect-metadata';
import { Controller, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_TENANT_ID } from '../../src/database/index.js';
import { Authenticated } from '../../src/http/index.js';
import { AuditLog, ControlPlane } from '../../src/tenancy/index.js';
import { type Answer, createTestApp } from '../support/app.js';
import {
  NOWHERE,
  RECIPES,
  type RecipeApp,
  callRecipe,
  createRecipeApp,
  isPlatform,
  operationsOf,
} from '../support/recipes.js';

/** Routes that change nothing worth telling, each with the reason: `'post /v1/search': 'only reads'`. */
const EXEMPT: Record<string, string> = {
  'post /v1/interactions': 'what test runs observe, by the thousand; no decision of anybody',
  'post /v1/interactions/batch': 'as above',
  'post /v1/quotes/preview': 'only calculates',
};

const isMutation = (operation: string) => /^(post|put|patch|delete) /.test(operation);
const mutations = Object.keys(RECIPES).filter((operation) => isMutation(operation) && !(operation in EXEMPT));

/** Records, then fails, on either plane. */
@Authenticated()
@Controller('v1/failing')
class FailingController {
  constructor(private readonly audit: AuditLog) {}

  @Post('tenant')
  tenant() {
    return this.fail();
  }

  @Post('control')
  @ControlPlane()
  control() {
    return this.fail();
  }

  private async fail() {
    await this.audit.record({ action: 'failing.fail', entityType: 'x', entityId: 'x' });
    throw new Error('after the entry was written');
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

describe('every route that changes something', () => {
  let api: RecipeApp;
  beforeAll(async () => {
    api = await createRecipeApp();
  });
  afterAll(() => api.close());

  const callerOf = async (operation: string) =>
    (await RECIPES[operation]!.as?.(api)) ?? (isPlatform(operation) ? api.operator.apiKey : api.acme.apiKey);
  const entriesOf = async ({ headers }: Answer) => {
    const { rows } = await api.database.query<{ tenantId: string; actorId: string }>(
      `SELECT tenant_id AS "tenantId", actor_id AS "actorId" FROM audit_log WHERE request_id = $1 ORDER BY id`,
      [headers['x-request-id']],
    );
    return rows;
  };
  const principalOf = async (as: string) => (await api.call('GET', '/v1/me', { as })).body.principal.id;

  it('has a recipe, or a reason why it is not audited', () => {
    const known = [...mutations, ...Object.keys(EXEMPT)];
    expect(operationsOf(api).filter(isMutation).sort()).toEqual(known.sort());
  });

  it.each(mutations)('%s writes an entry: in whose name, by whom, in which request', async (operation) => {
    const as = await callerOf(operation);
    const target = (await RECIPES[operation]!.resource?.(api)) ?? '';
    const answer = await callRecipe(api, operation, as, target);
    expect(answer.status).toBeLessThan(300);
    const [own, ...copies] = await entriesOf(answer);
    const tenantId = isPlatform(operation) ? SYSTEM_TENANT_ID : api.acme.id;
    expect(own).toEqual({ tenantId, actorId: await principalOf(as) });
    // What an operator does to a tenant, the tenant reads too.
    const affected = (typeof target === 'string' ? target : target['id']) || answer.body?.id;
    expect(copies).toEqual(isPlatform(operation) ? [{ tenantId: affected, actorId: SYSTEM_TENANT_ID }] : []);
  });

  it.each(mutations.filter((operation) => RECIPES[operation]!.resource))(
    '%s writes none where there is nothing to change',
    async (operation) => {
      const answer = await callRecipe(api, operation, await callerOf(operation), NOWHERE);
      expect(answer.status).toBe(404);
      expect(await entriesOf(answer)).toEqual([]);
    },
  );

  it('writes none where a unique value is taken', async () => {
    const refused = await api.call('POST', '/v1/admin/tenants', {
      as: api.operator.apiKey,
      body: { slug: 'acme', name: 'Another' },
    });
    expect(refused.status).toBe(409);
    expect(await entriesOf(refused)).toEqual([]);
  });

  it.each(['tenant', 'control'])(
    'loses its entry with its change when it fails later (%s plane)',
    async (plane) => {
      const failing = await createTestApp({ sharing: api, imports: [FailingModule] });
      const answer = await failing.call('POST', `/v1/failing/${plane}`, { as: api.acme.apiKey });
      await failing.close();
      expect(answer.status).toBe(500);
      expect(await entriesOf(answer)).toEqual([]);
    },
  );
});
