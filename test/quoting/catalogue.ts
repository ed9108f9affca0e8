import { newId } from '../../src/database/index.js';
import type { Answer, Call, TestApp } from '../support/app.js';

export interface Row {
  id: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever the API answered
  [field: string]: any;
}

/** Tenant `acme` at its customers, projects and rate cards. */
export class Catalogue {
  constructor(private readonly api: TestApp) {}

  call(method: string, path: string, rest: Omit<Call, 'as'> = {}): Promise<Answer> {
    return this.api.call(method, `/v1${path}`, { as: this.api.acme.apiKey, ...rest });
  }

  /** What a POST made. */
  async make(path: string, body: object): Promise<Row> {
    const { status, body: made } = await this.call('POST', path, { body });
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(made)}`);
    return made;
  }

  aCustomer(rest: object = {}): Promise<Row> {
    return this.make('/customers', { companyName: 'Acme Corp', ...rest });
  }

  /** The fields that the answer to a POST says are wrong. */
  async wrong(path: string, body: object): Promise<string[]> {
    const answer = await this.call('POST', path, { body });
    if (answer.status !== 400) throw new Error(`POST ${path}: ${answer.status} instead of 400`);
    return [...new Set((answer.body.errors as { path: string }[]).map((error) => error.path))];
  }

  /** Every row of a list, page by page; `path` has a query already. */
  async walk(path: string): Promise<Row[]> {
    const found: Row[] = [];
    for (let after: string | null = ''; after !== null;) {
      const { status, body }: Answer = await this.call('GET', after === '' ? path : `${path}&after=${after}`);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      found.push(...body.data);
      after = body.page.next;
    }
    return found;
  }

  /** As the database has it, for those who only ask whether there is one. Answers its id. */
  async aQuote(customerId: string, projectId: string | null = null): Promise<string> {
    const id = newId();
    await this.api.database.query(
      `INSERT INTO quotes (tenant_id, id, number, customer_id, project_id, title, valid_from, valid_until, currency, created_by)
       VALUES ($1, $2::uuid, 'Q-' || $2::uuid, $3, $4, 'Website', '2026-01-01', '2026-12-31', 'EUR', 'test')`,
      [this.api.acme.id, id, customerId, projectId],
    );
    return id;
  }

  /** A user who is a member of this tenant; answers the user's id. */
  async aMember(tenantId: string): Promise<string> {
    const { rows } = await this.api.database.query<{ id: string }>(
      `WITH person AS (INSERT INTO users (id, email) VALUES ($2::uuid, $2::uuid || '@people.example') RETURNING id)
       INSERT INTO memberships (tenant_id, id, user_id, role) SELECT $1, $3, id, 'member' FROM person RETURNING user_id AS id`,
      [tenantId, newId(), newId()],
    );
    return rows[0]!.id;
  }
}
