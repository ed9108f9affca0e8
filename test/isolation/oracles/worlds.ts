import { expect } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { type RecipeApp, createRecipeApp } from '../../support/recipes.js';
import { Mirror } from './mirror.js';

/** Two applications on databases of their own, equal for acme. */
export async function openMirror(environment: Record<string, string>): Promise<Mirror> {
  const worlds = await Promise.all([createRecipeApp({ environment }), createRecipeApp({ environment })]);
  await Promise.all(worlds.map(settle));
  return new Mirror(worlds as [RecipeApp, RecipeApp]);
}

/** A tenant's new name is told a moment later where it is cached; no recipe gives another than this. */
async function settle({ call, acme }: RecipeApp): Promise<void> {
  await call('PATCH', '/v1/tenant', { as: acme.apiKey, body: { name: 'Renamed' } });
  await eventually(async () => {
    const { body } = await call('GET', '/v1/me', { as: acme.apiKey });
    expect(body.tenant.name).toBe('Renamed');
  });
}
