import { newId } from '../../src/database/index.js';
import type { Answer, Call, TestApp } from '../support/app.js';
import { type RecipeApp, createRecipeApp } from '../support/recipes.js';

export type Item = Record<string, unknown>;

/** People who sign in, and the tax rates of both tenants. */
export interface Office extends RecipeApp {
  people: Record<Role, Person>;
}
type Role = 'owner' | 'admin' | 'approver' | 'member' | 'stranger';
interface Person {
  id: string;
  token: string;
}

const PEOPLE: Record<Role, { tenant: 'acme' | 'globex'; role: string }> = {
  owner: { tenant: 'acme', role: 'owner' },
  admin: { tenant: 'acme', role: 'admin' },
  approver: { tenant: 'acme', role: 'admin' },
  member: { tenant: 'acme', role: 'member' },
  stranger: { tenant: 'globex', role: 'owner' },
};

/** An application in which quotes can be made, approved and answered. */
export async function openOffice(environment: Record<string, string> = {}): Promise<Office> {
  const api = await createRecipeApp({ environment });
  const people = {} as Record<Role, Person>;
  for (const name of Object.keys(PEOPLE) as Role[]) people[name] = await signUp(api, name);
  for (const { apiKey } of [api.acme, api.globex])
    for (const [taxClass, rate] of Object.entries({ standard: '0.15', reduced: '0.1' }))
      done(
        await api.call('POST', '/v1/tax-rates', {
          as: apiKey,
          body: { taxClass, rate, validFrom: '2020-01-01' },
        }),
      );
  return { ...api, people };
}

async function signUp(api: RecipeApp, name: Role): Promise<Person> {
  const { tenant, role } = PEOPLE[name];
  const id = newId();
  await api.database.query(`INSERT INTO users (id, issuer, external_id, email) VALUES ($1, $2, $3, $4)`, [
    id,
    api.issuer.issuer,
    name,
    `${name}@people.example`,
  ]);
  await api.database.query(`INSERT INTO memberships (tenant_id, id, user_id, role) VALUES ($1, $2, $3, $4)`, [
    api[tenant].id,
    newId(),
    id,
    role,
  ]);
  return { id, token: await api.issuer.sign({ subject: name, expiresIn: 600 }) };
}

let desks = 0;

/**
 * A world of its own in the shared tenant: a customer, and a currency that no other desk has, so that its rate cards are
 * alone. What is in the past tense (`sent`) was so before, and throws where the application refuses; `post`, `patch` and so
 * on are calls that a test looks at.
 */
export class Desk {
  readonly currency = currencyOf(++desks);

  constructor(
    readonly office: Office,
    private readonly apiKey = office.acme.apiKey,
  ) {}

  private customer: Promise<string> | undefined;
  /** Its id. */
  customerId(): Promise<string> {
    return (this.customer ??= this.make('/customers', { companyName: `Customer of ${this.currency}` }));
  }

  /** A default rate card with these items; answers their ids by code. */
  async rates(...items: Item[]): Promise<Record<string, string>> {
    const rateCardId = await this.make('/rate-cards', {
      name: `Rates of ${this.currency}`,
      currency: this.currency,
      effectiveFrom: '2020-01-01',
      isDefault: true,
    });
    const made: Record<string, string> = {};
    for (const item of items)
      made[String(item['itemCode'])] = await this.make(`/rate-cards/${rateCardId}/items`, {
        unit: 'hour',
        ...item,
      });
    return made;
  }

  /** A body for `POST /quotes`. */
  async quote(rest: Item = {}): Promise<Item> {
    return {
      customerId: await this.customerId(),
      title: 'Website',
      currency: this.currency,
      validUntil: inDays(30),
      lines: [line()],
      ...rest,
    };
  }

  /** A quote that is a draft; answers it. */
  async drafted(rest: Item = {}): Promise<Answer['body']> {
    return done(await this.post('/quotes', await this.quote(rest))).body;
  }

  /** One that the approver was asked about. */
  async submitted(rest: Item = {}, approver: Role = 'approver'): Promise<Answer['body']> {
    const { id } = await this.drafted(rest);
    const approverId = this.office.people[approver].id;
    return done(await this.post(`/quotes/${id}/submit`, { approverId })).body;
  }

  async approved(rest: Item = {}): Promise<Answer['body']> {
    const { id } = await this.submitted(rest);
    return done(await this.post(`/quotes/${id}/approve`, {}, 'approver')).body;
  }

  async sent(rest: Item = {}): Promise<Answer['body']> {
    const { id } = await this.approved(rest);
    return done(await this.post(`/quotes/${id}/send`)).body;
  }

  /** In the past: the clock cannot be turned, so the validity is. */
  async expired(rest: Item = {}): Promise<Answer['body']> {
    const { id } = await this.sent(rest);
    await this.office.database.query(
      `UPDATE quotes SET valid_from = '2020-01-01', valid_until = '2020-12-31' WHERE id = $1`,
      [id],
    );
    return this.read(id);
  }

  /** A link to a quote that is on offer; answers its token. */
  async delivered(id: string): Promise<string> {
    return done(await this.post(`/quotes/${id}/deliver`)).body.token;
  }

  async read(id: string): Promise<Answer['body']> {
    return done(await this.get(`/quotes/${id}`)).body;
  }

  get(url: string, as?: Role): Promise<Answer> {
    return this.call('GET', url, as);
  }
  post(url: string, body?: unknown, as?: Role): Promise<Answer> {
    return this.call('POST', url, as, { body });
  }
  patch(url: string, body: unknown, as?: Role): Promise<Answer> {
    return this.call('PATCH', url, as, { body });
  }
  put(url: string, body: unknown, as?: Role): Promise<Answer> {
    return this.call('PUT', url, as, { body });
  }
  delete(url: string, as?: Role): Promise<Answer> {
    return this.call('DELETE', url, as);
  }

  /** The same desk, asked through another instance, or with another key. */
  through(api: TestApp): Desk {
    return this.but(this.apiKey, { ...this.office, call: api.call });
  }
  as(apiKey: string): Desk {
    return this.but(apiKey, this.office);
  }
  /** With a key of these scopes. */
  async allowed(...scopes: string[]): Promise<Desk> {
    const { apiKey } = done(await this.post('/api-keys', { name: 'k', scopes })).body;
    return this.as(apiKey);
  }

  /** Below `/v1`, with the desk's key or as a person. */
  call(method: string, url: string, as?: Role, call: Call = {}): Promise<Answer> {
    const credential = as === undefined ? this.apiKey : this.office.people[as].token;
    return this.office.call(method, `/v1${url}`, { as: credential, ...call });
  }

  private but(apiKey: string, office: Office): Desk {
    const desk = new Desk(office, apiKey);
    return Object.assign(desk, { currency: this.currency, customer: this.customerId() });
  }

  private async make(url: string, body: Item): Promise<string> {
    return done(await this.post(url, body)).body.id;
  }
}

/** With a price of its own, which the keys of the tests may give. */
export const line = (rest: Item = {}): Item => ({
  description: 'Development',
  quantity: '40',
  unitPrice: '150',
  ...rest,
});

/** A day in UTC, so many after today. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Somebody without a login. */
export const visitor = (api: TestApp, token: string) => ({
  read: () => api.call('GET', `/v1/public/quotes/${token}`),
  accept: (body: unknown) => api.call('POST', `/v1/public/quotes/${token}/accept`, { body }),
  reject: (body: unknown) => api.call('POST', `/v1/public/quotes/${token}/reject`, { body }),
});
export const JANE = { name: 'Jane Doe', role: 'Buyer', termsAccepted: true };

export function done(answer: Answer): Answer {
  if (answer.status >= 400) throw new Error(`The desk was refused: ${answer.status} ${answer.text}`);
  return answer;
}

const currencyOf = (n: number): string =>
  [Math.floor(n / 676), Math.floor(n / 26) % 26, n % 26].map((at) => String.fromCharCode(65 + at)).join('');
