import { newId } from '../../../src/database/index.js';
import { begin, connect } from '../../github/desk.js';
import type { Recipe, RecipeApp } from './recipe.js';

const anInstallation = async (api: RecipeApp): Promise<string> =>
  (await connect(api, api.github, api.acme.apiKey)).id;

const whatGithubComesBackWith = async (api: RecipeApp) => {
  const { installationId, code } = api.github.install(1);
  const state = await begin(api, api.acme.apiKey);
  return { installation_id: String(installationId), code, state, setup_action: 'install' };
};

const aDelivery = async ({ database }: RecipeApp): Promise<string> => {
  const id = newId();
  await database.query(
    `INSERT INTO github_deliveries (id, delivery_id, event, digest, payload, status) VALUES ($1, $2, 'push', '', '{}', 'failed')`,
    [id, id],
  );
  return id;
};

/** GitHub installations. */
export const GITHUB_RECIPES: Record<string, Recipe> = {
  'get /v1/github/installations': {},
  'post /v1/github/installations/start': {},
  'get /v1/github/setup': {
    resource: whatGithubComesBackWith,
    params: { setup_action: 'install' },
    query: ['installation_id', 'setup_action', 'state', 'code'],
    statusOfNothing: 400,
    // Whoever began.
    as: (api) => Promise.resolve(api.acme.apiKey),
  },
  'get /v1/github/installations/{id}': { resource: anInstallation },
  'get /v1/github/installations/{id}/repositories': { resource: anInstallation },
  'post /v1/github/installations/{id}/sync': { resource: anInstallation },
  'delete /v1/github/installations/{id}': { resource: anInstallation },
  'get /v1/admin/github/deliveries': {},
  'post /v1/admin/github/deliveries/{id}/replay': { resource: aDelivery },
};

/** GitHub, which signs what it sends: without that it is refused. */
export const WEBHOOK_RECIPES: Record<string, Recipe> = {
  'post /v1/webhooks/github': { body: { action: 'created', installation: { id: 1 } } },
};
