import type { TestApp } from '../app.js';
import { type Recipe, type ValueOf, unique } from './recipe.js';

const post = async (api: TestApp, url: string, body: object) =>
  (await api.call('POST', url, { as: api.acme.apiKey, body })).body;

const GET_ORDER = 'GET /orders/{id}';
const SPEC = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '2.0.0' },
  paths: { '/orders/{id}': { get: { responses: { 200: { description: 'The order' } } } } },
};

const interaction = () => ({
  service: unique(),
  serviceVersion: '2.0.0',
  consumer: unique(),
  consumerVersion: '1.0.0',
  environment: 'test',
  operation: GET_ORDER,
  request: { method: 'GET', path: '/orders/1' },
  response: { status: 200, body: { id: 1 } },
});

const fixture = () => ({
  service: unique(),
  serviceVersion: '2.0.0',
  operation: GET_ORDER,
  data: { request: { path: '/orders/1' }, response: { status: 200, body: { id: 1 } } },
});

/** Answers its name. */
export const aService = async (api: TestApp): Promise<string> =>
  (await post(api, '/v1/services', { name: unique() })).name;

/** Answers its name. */
export const anEnvironment = async (api: TestApp): Promise<string> =>
  (await post(api, '/v1/environments', { name: unique() })).name;

export const anInteraction = async (api: TestApp): Promise<string> =>
  (await post(api, '/v1/interactions', interaction())).id;

export const aFixture = async (api: TestApp): Promise<string> =>
  (await post(api, '/v1/fixtures', fixture())).id;

const anApprovedFixture = async (api: TestApp) => {
  const id = await aFixture(api);
  await post(api, `/v1/fixtures/${id}/approve`, {});
  return id;
};

const aDescribedService = async (api: TestApp) => {
  const name = await aService(api);
  await api.call('PUT', `/v1/services/${name}/specs`, {
    as: api.acme.apiKey,
    body: { version: '2.0.0', spec: SPEC },
  });
  return name;
};

const aPair = async (api: TestApp) => ({ consumer: await aService(api), provider: await aService(api) });

const aDeployable = async (api: TestApp) => {
  const service = await aService(api);
  await post(api, `/v1/services/${service}/versions`, { version: '1.0.0' });
  return { service, version: '1.0.0', environment: await anEnvironment(api) };
};

export const aDeployment = async (api: TestApp): Promise<string> =>
  (await post(api, '/v1/deployments', await aDeployable(api))).id;

const anOpenTask = async (api: TestApp) => {
  const environment = await anEnvironment(api);
  const recorded = interaction();
  const { id: interactionId } = await post(api, '/v1/interactions', recorded);
  const { service, serviceVersion, consumer, consumerVersion } = recorded;
  await post(api, '/v1/deployments', { service, version: serviceVersion, environment });
  await post(api, '/v1/deployments', { service: consumer, version: consumerVersion, environment });
  const { body } = await api.call('GET', `/v1/verification-tasks?provider=${service}`, {
    as: api.acme.apiKey,
  });
  return { id: body.data[0].id as string, interactionId };
};

export const aTask = async (api: TestApp): Promise<string> => (await anOpenTask(api)).id;

const theDeployment = (_: TestApp, valueOf: ValueOf) => ({
  service: valueOf('service'),
  version: valueOf('version'),
  environment: valueOf('environment'),
});
const itsResults = (_: TestApp, valueOf: ValueOf) => ({
  providerVersion: '2.0.0',
  results: [{ interactionId: valueOf('interactionId'), success: true }],
});

/** Contract testing. */
export const CONTRACTS_RECIPES: Record<string, Recipe> = {
  'get /v1/services': {},
  'post /v1/services': { body: () => ({ name: unique() }) },
  'get /v1/services/{name}': { resource: aService },
  'patch /v1/services/{name}': { resource: aService, body: { description: 'changed' } },
  'delete /v1/services/{name}': { resource: aService },
  'get /v1/services/{name}/versions': { resource: async (api) => (await aDeployable(api)).service },
  'post /v1/services/{name}/versions': { resource: aService, body: { version: '1.0.0' } },
  'get /v1/services/{name}/specs': { resource: aDescribedService },
  'get /v1/services/{name}/specs/versions': { resource: aDescribedService },
  'put /v1/services/{name}/specs': { resource: aService, body: { version: '2.0.0', spec: SPEC } },
  'get /v1/services/{name}/interactions/stats': { resource: aService },
  'get /v1/services/{name}/fixtures': { resource: aService },
  'get /v1/services/{name}/deployments': { resource: aService },

  'get /v1/interactions': {},
  'post /v1/interactions': { body: interaction },
  'post /v1/interactions/batch': { body: () => ({ interactions: [interaction()] }) },
  'get /v1/interactions/{id}': { resource: anInteraction },

  'get /v1/fixtures': {},
  'post /v1/fixtures': { body: fixture },
  'post /v1/fixtures/batch': { body: () => ({ fixtures: [fixture()] }) },
  'get /v1/fixtures/{id}': { resource: aFixture },
  'patch /v1/fixtures/{id}': { resource: aFixture, body: { notes: 'changed' } },
  'delete /v1/fixtures/{id}': { resource: aFixture },
  'post /v1/fixtures/{id}/approve': { resource: aFixture },
  'post /v1/fixtures/{id}/reject': { resource: aFixture },
  'post /v1/fixtures/{id}/deprecate': { resource: anApprovedFixture },

  'get /v1/environments': {},
  'post /v1/environments': { body: () => ({ name: unique() }) },
  'get /v1/environments/{name}': { resource: anEnvironment },
  'patch /v1/environments/{name}': { resource: anEnvironment, body: { displayName: 'Changed' } },
  'delete /v1/environments/{name}': { resource: anEnvironment },

  'get /v1/deployments': {},
  'post /v1/deployments': { resource: aDeployable, body: theDeployment },
  'get /v1/deployments/{id}': { resource: aDeployment },
  'post /v1/deployments/{id}/undeploy': { resource: aDeployment },

  'get /v1/verification-tasks': {},
  'get /v1/verification-tasks/{id}': { resource: aTask },
  'post /v1/verification-tasks/{id}/results': { resource: anOpenTask, body: itsResults },
  'get /v1/verification-results': {},
  'get /v1/can-i-deploy': { resource: aDeployable, query: ['service', 'version', 'environment'] },
  'get /v1/matrix': {},

  'get /v1/dependencies': {},
  'get /v1/graph': {},
  'get /v1/stats': {},
  'get /v1/badges/{consumer}/{provider}': { resource: aPair, statusOfNothing: 200 },
};
