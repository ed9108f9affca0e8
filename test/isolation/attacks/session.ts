import { createHash } from 'node:crypto';
import { Client, DatabaseError, type QueryConfig } from 'pg';

export const PLAN_MODES = ['auto', 'force_generic_plan', 'force_custom_plan'] as const;
export type PlanMode = (typeof PLAN_MODES)[number];

/** What came back: how many rows, or the error with all that it tells. */
export interface Answer {
  text: string;
  /** Every field of an error that could tell more than its message. */
  details?: unknown;
}

/** One connection on which tenants follow each other, each statement prepared once and used by all of them. */
export class Session {
  private constructor(
    private readonly client: Client,
    private readonly isPrepared: boolean,
  ) {}

  static async open(connectionString: string, { isPrepared = true } = {}): Promise<Session> {
    const client = new Client({ connectionString, pipeline: true });
    client.on('error', () => undefined);
    await client.connect();
    return new Session(client, isPrepared);
  }

  /** In a transaction of `tenantId`, or of nobody, that is rolled back. */
  async run(text: string, values: string[], tenantId?: string, mode: PlanMode = 'auto'): Promise<Answer> {
    const context = tenantId === undefined ? '' : `; SET LOCAL app.tenant_id = '${tenantId}'`;
    const [, answer] = await Promise.all([
      this.client.query(`BEGIN; SET LOCAL plan_cache_mode = ${mode}${context}`),
      this.answer(text, values, tenantId),
      this.client.query('ROLLBACK'),
    ]);
    return answer;
  }

  /** One statement after the other, in one transaction of `tenantId`; what each answered. */
  async script(
    texts: string[],
    tenantId: string,
    end: 'COMMIT' | 'ROLLBACK' = 'ROLLBACK',
  ): Promise<string[]> {
    await this.client.query(`BEGIN; SET LOCAL app.tenant_id = '${tenantId}'`);
    const answers: string[] = [];
    for (const text of texts) answers.push((await this.answer(text, [], tenantId)).text);
    await this.client.query(end);
    return answers;
  }

  private async answer(text: string, values: string[], tenantId: string | undefined): Promise<Answer> {
    const name = this.isPrepared ? createHash('md5').update(text).digest('hex') : undefined;
    // The types of node-postgres do not know `queryMode` yet; no statement takes a second one along.
    const query: QueryConfig = Object.assign({ name, text, values }, { queryMode: 'extended' });
    try {
      const { rowCount, rows } = await this.client.query<Record<string, unknown>>(query);
      const strangers = rows.filter((row) => 'tenant_id' in row && row['tenant_id'] !== tenantId);
      return { text: `${rowCount} rows${strangers.length > 0 ? ', some of another tenant' : ''}` };
    } catch (error) {
      return inWords(error);
    }
  }

  close = () => this.client.end();
}

function inWords(error: unknown): Answer {
  if (!(error instanceof DatabaseError)) throw error;
  const { code, message, detail, hint, schema, table, column, constraint, where } = error;
  return {
    text: `${code} ${message}`,
    details: { detail, hint, schema, table, column, constraint, where },
  };
}
