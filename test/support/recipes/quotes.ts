import { newId } from '../../../src/database/index.js';
import { aCustomer } from './catalogue.js';
import { type Recipe, type RecipeApp, type ValueOf, made, unique } from './recipe.js';

// Exempt, since tax rates are made and removed beside these.
const line = () => ({ description: unique(), quantity: '2', unitPrice: '10', taxClass: 'exempt' });
const quote = (customerId: string) => ({
  customerId,
  title: unique(),
  currency: 'EUR',
  validUntil: '2999-12-31',
  lines: [line()],
});

const owners = new WeakMap<object, Promise<{ id: string; token: string }>>();
/** A person who owns acme: keys approve nothing. */
function anOwner(api: RecipeApp): Promise<{ id: string; token: string }> {
  const known = owners.get(api.database) ?? signUp(api);
  owners.set(api.database, known);
  return known;
}
async function signUp({ acme, database, issuer }: RecipeApp) {
  const [id, subject] = [newId(), unique()];
  await database.query(`INSERT INTO users (id, issuer, external_id, email) VALUES ($1, $2, $3, $4)`, [
    id,
    issuer.issuer,
    subject,
    `${subject}@people.com`,
  ]);
  await database.query(
    `INSERT INTO memberships (tenant_id, id, user_id, role) VALUES ($1, $2, $3, 'owner')`,
    [acme.id, newId(), id],
  );
  return { id, token: await issuer.sign({ subject, expiresIn: 6 * 60 * 60 }) };
}
const asOwner = async (api: RecipeApp) => (await anOwner(api)).token;
const theOwner = async (api: RecipeApp) => ({ approverId: (await anOwner(api)).id });

const act = async (api: RecipeApp, id: string, action: string, body: object = {}, as = api.acme.apiKey) => {
  const answer = await api.call('POST', `/v1/quotes/${id}/${action}`, { as, body });
  if (answer.status >= 300) throw new Error(`${action}: ${answer.text}`);
  return id;
};

const aQuote = async (api: RecipeApp): Promise<string> => {
  const customerId = await aCustomer(api);
  return made('/v1/quotes', () => quote(customerId))(api);
};
const aLine = async (api: RecipeApp) => {
  const id = await aQuote(api);
  const { body } = await api.call('GET', `/v1/quotes/${id}`, { as: api.acme.apiKey });
  return { id, lineId: body.lines[0].id as string };
};
const aSubmittedQuote = async (api: RecipeApp) => act(api, await aQuote(api), 'submit', await theOwner(api));
const anApprovedQuote = async (api: RecipeApp) =>
  act(api, await aSubmittedQuote(api), 'approve', {}, await asOwner(api));
const aSentQuote = async (api: RecipeApp) => act(api, await anApprovedQuote(api), 'send');
const aRejectedQuote = async (api: RecipeApp) => act(api, await aSentQuote(api), 'reject', { reason: 'no' });
const aLink = async (api: RecipeApp) => {
  const id = await aSentQuote(api);
  return { id, linkId: await made(`/v1/quotes/${id}/deliver`, () => ({}))(api) };
};
const aToken = async (api: RecipeApp): Promise<string> => {
  const url = `/v1/quotes/${await aSentQuote(api)}/deliver`;
  return (await api.call('POST', url, { as: api.acme.apiKey })).body.token;
};
const anApproval = async (api: RecipeApp): Promise<string> => {
  const id = await aSubmittedQuote(api);
  const { body } = await api.call('GET', `/v1/approvals?subject=${id}`, { as: api.acme.apiKey });
  return body.data[0].id;
};

const REASON = { reason: 'for a test' };

/** Quotes, and what becomes of them. */
export const QUOTES_RECIPES: Record<string, Recipe> = {
  'get /v1/quotes': {},
  'post /v1/quotes': {
    resource: async (api) => ({ customerId: await aCustomer(api) }),
    body: (_, valueOf: ValueOf) => quote(valueOf('customerId')),
  },
  'post /v1/quotes/preview': { body: () => ({ currency: 'EUR', lines: [line()] }) },
  'get /v1/quotes/{id}': { resource: aQuote },
  'patch /v1/quotes/{id}': { resource: aQuote, body: { title: 'changed' } },
  'delete /v1/quotes/{id}': { resource: aQuote },
  'get /v1/quotes/{id}/document': { resource: aQuote },

  'get /v1/quotes/{id}/lines': { resource: aQuote },
  'post /v1/quotes/{id}/lines': { resource: aQuote, body: line },
  'put /v1/quotes/{id}/lines': { resource: aQuote, body: () => ({ lines: [line(), line()] }) },
  'patch /v1/quotes/{id}/lines/{lineId}': { resource: aLine, body: { quantity: '3' } },
  'delete /v1/quotes/{id}/lines/{lineId}': { resource: aLine },

  'post /v1/quotes/{id}/submit': { resource: aQuote, body: theOwner },
  'post /v1/quotes/{id}/approve': { resource: aSubmittedQuote, body: {}, as: asOwner },
  'post /v1/quotes/{id}/reject-approval': { resource: aSubmittedQuote, body: REASON, as: asOwner },
  'post /v1/quotes/{id}/send': { resource: anApprovedQuote },
  'post /v1/quotes/{id}/accept': { resource: aSentQuote, body: { name: 'Jane' } },
  'post /v1/quotes/{id}/reject': { resource: aSentQuote, body: REASON },
  'post /v1/quotes/{id}/cancel': { resource: aQuote, body: REASON },
  'post /v1/quotes/{id}/revise': { resource: aRejectedQuote },
  'post /v1/quotes/{id}/deliver': { resource: aSentQuote },
  'get /v1/quotes/{id}/links': { resource: async (api) => act(api, await aSentQuote(api), 'deliver') },
  'delete /v1/quotes/{id}/links/{linkId}': { resource: aLink },

  'get /v1/quotes/{id}/versions': { resource: aQuote },
  'get /v1/quotes/{id}/versions/{n}': { resource: aQuote, params: { n: '1' } },
  'get /v1/quotes/{id}/versions/{n}/diff/{m}': { resource: aQuote, params: { n: '1', m: '1' } },

  'get /v1/approvals': {},
  'post /v1/approvals': {
    resource: async (api) => ({ subjectId: await aQuote(api) }),
    body: async (api, valueOf) => ({
      ...(await theOwner(api)),
      subjectType: 'quote',
      subjectId: valueOf('subjectId'),
    }),
  },
  'post /v1/approvals/{id}/approve': { resource: anApproval, body: {}, as: asOwner },
  'post /v1/approvals/{id}/reject': { resource: anApproval, body: REASON, as: asOwner },
  'post /v1/approvals/{id}/cancel': { resource: anApproval, as: asOwner, body: REASON },
};

/** Those that visitors call, without a credential. */
export const VISITORS_RECIPES: Record<string, Recipe> = {
  'get /v1/public/quotes/{token}': { resource: aToken },
  'post /v1/public/quotes/{token}/accept': {
    resource: aToken,
    body: { name: 'Jane Doe', role: 'Buyer', termsAccepted: true, version: 1 },
  },
  'post /v1/public/quotes/{token}/reject': { resource: aToken, body: REASON },
};
