import type { Answer, TestApp } from '../support/app.js';
import { smallDocument } from './documents/documents.js';

let providers = 0;

/** A service with a name of its own, whose specifications a test is about. */
export class Provider {
  readonly name = `provider-${++providers}`;
  private readonly url = `/v1/services/${this.name}/specs`;

  private constructor(
    private readonly api: TestApp,
    private readonly apiKey: string,
  ) {}

  /** `specs`: by version, uploaded in this order. */
  static async create(
    api: TestApp,
    { specs = {}, specType = 'openapi', apiKey = api.acme.apiKey }: ProviderOptions = {},
  ): Promise<Provider> {
    const provider = new Provider(api, apiKey);
    await api.call('POST', '/v1/services', { as: apiKey, body: { name: provider.name, specType } });
    for (const [version, spec] of Object.entries(specs)) {
      const { status, text } = await provider.upload({ version, spec });
      if (status !== 201) throw new Error(`${status} ${text}`);
    }
    return provider;
  }

  upload(body: Record<string, unknown> = {}, query = ''): Promise<Answer> {
    return this.api.call('PUT', `${this.url}${query}`, {
      as: this.apiKey,
      body: { version: '1.0.0', spec: smallDocument(), ...body },
    });
  }

  find(query = '', headers: Record<string, string> = {}): Promise<Answer> {
    return this.api.call('GET', `${this.url}${query}`, { as: this.apiKey, headers });
  }

  list(query = ''): Promise<Answer> {
    return this.api.call('GET', `${this.url}/versions${query}`, { as: this.apiKey });
  }

  /** As an item of a batch. */
  exchange(operation: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      service: this.name,
      consumer: 'web',
      consumerVersion: '1.0.0',
      environment: 'test',
      operation,
      request: {},
      response: { status: 200 },
      ...rest,
    };
  }

  record(operation: string, rest: Record<string, unknown> = {}, query = ''): Promise<Answer> {
    const body = this.exchange(operation, rest);
    return this.api.call('POST', `/v1/interactions${query}`, { as: this.apiKey, body });
  }

  recordBatch(interactions: unknown[], query = ''): Promise<Answer> {
    return this.api.call('POST', `/v1/interactions/batch${query}`, {
      as: this.apiKey,
      body: { interactions },
    });
  }

  /** What a recording is told, as `path code`. */
  async violations(operation: string, rest: Record<string, unknown> = {}): Promise<string[]> {
    const { body } = await this.record(operation, rest);
    return body.violations.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
  }
}

interface ProviderOptions {
  specs?: Record<string, unknown>;
  specType?: string;
  apiKey?: string;
}
