import { randomBytes } from 'node:crypto';
import { GithubServer } from '../../github/github-server.js';
import { type TestApp, type TestAppOptions, createTestApp } from '../app.js';
import { DnsServer } from '../dns-server.js';
import { TestIssuer } from '../token-issuer.js';

/** An application with what the recipes need around it: a DNS, an identity provider for people, and GitHub. */
export interface RecipeApp extends TestApp {
  issuer: TestIssuer;
  github: GithubServer;
  /** How a further instance finds them. */
  environment: Record<string, string>;
}

/** The values of a path's parameters, or of its only one. */
export type Target = string | Record<string, string>;
export type Body = Record<string, unknown>;
/** From the name of a parameter to its value. */
export type ValueOf = (name: string) => string;

/** How one route is called with success. */
export interface Recipe {
  /** Makes what the path, the query or the body names. */
  resource?: (api: RecipeApp) => Promise<Target>;
  /** The values of parameters that are not made. */
  params?: Record<string, string>;
  /** Parameters of the query, with the values of the resource. */
  query?: string[];
  /** A function where each call needs another body. */
  body?: Body | ((api: RecipeApp, valueOf: ValueOf) => Body | Promise<Body>);
  /** The status for what does not exist; 404 where it is not given. */
  statusOfNothing?: number;
  /** The credential, where it is neither acme's nor the operator's. */
  as?: (api: RecipeApp) => Promise<string>;
}

export async function createRecipeApp(options: TestAppOptions = {}): Promise<RecipeApp> {
  const [dns, issuer, github] = await Promise.all([
    DnsServer.start(),
    TestIssuer.start(),
    GithubServer.start(),
  ]);
  const environment = {
    DNS_SERVERS: dns.address,
    JWT_ISSUERS: JSON.stringify([issuer.settings()]),
    ...github.environment(),
    ...options.environment,
  };
  const api = await createTestApp({ ...options, environment });
  const close = async () => {
    await api.close();
    await Promise.all([dns.stop(), issuer.down(), github.stop()]);
  };
  return { ...api, issuer, github, environment, close };
}

export const unique = () => `target-${randomBytes(8).toString('hex')}`;

/** Makes a resource by a POST, as acme or as the operator, and answers its id. */
export const made =
  (url: string, body: () => object, by: 'acme' | 'operator' = 'acme') =>
  async (api: TestApp) =>
    (await api.call('POST', url, { as: api[by].apiKey, body: body() })).body.id as string;
