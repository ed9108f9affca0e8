import type { Answer, Call, TestApp } from '../support/app.js';
import {
  type InteractionResult,
  type Outcome,
  type Task,
  type TaskWithInteractions,
  resultsFor,
} from './tasks.js';

/** A service, or one version of it: `web`, `web@1.4.2`. */
export type Participant = `${string}@${string}`;

let scenarios = 0;

/**
 * A world of its own in the shared tenant: its stories say `web` and `test`, the application knows them by names that no
 * other scenario has, and answers come back with the plain ones. What is in the past tense (`deployed`) was so before, and
 * throws where the application refuses; what is not (`deploy`) is the call that a test looks at, and answers it.
 */
export class Scenario {
  constructor(
    private readonly api: TestApp,
    private readonly apiKey = api.acme.apiKey,
    private readonly suffix = `-s${++scenarios}z`,
  ) {}

  /** The same world, asked through another instance of the application. */
  through(api: TestApp): Scenario {
    return new Scenario(api, this.apiKey, this.suffix);
  }

  /** The same names, asked by another tenant, or with another key. */
  as(apiKey: string): Scenario {
    return new Scenario(this.api, apiKey, this.suffix);
  }

  /** What the application knows it by. */
  nameOf(name: string): string {
    return `${name}${this.suffix}`;
  }

  async environments(...names: string[]): Promise<void> {
    for (const name of names) await this.was('POST', '/environments', { name: this.nameOf(name) });
  }

  /** Services and their versions. */
  async versions(...participants: Participant[]): Promise<void> {
    for (const { service, version } of participants.map((participant) => this.read(participant))) {
      await this.was('POST', '/services', { name: service });
      await this.was('POST', `/services/${service}/versions`, { version });
    }
  }

  /** One interaction per operation. */
  async recorded(consumer: Participant, provider: string, ...operations: string[]): Promise<void> {
    const asked = operations.length > 0 ? operations : ['GET /'];
    for (const operation of asked)
      await this.was('POST', '/interactions', this.interaction(consumer, provider, operation));
  }

  async deployed(participant: Participant, ...environments: string[]): Promise<void> {
    for (const environment of environments) done(await this.deploy(participant, environment));
  }

  /** The provider answered the task that deployments and recordings have made. */
  async verified(
    consumer: Participant,
    provider: Participant,
    environment: string,
    outcome: Outcome = 'passed',
  ): Promise<void> {
    done(await this.verify(await this.task(consumer, provider, environment), outcome));
  }

  /** A recording as the API takes it; `provider` with or without the version that answered. */
  interaction(
    consumer: Participant,
    provider: string,
    operation = 'GET /',
    rest: Record<string, unknown> = {},
  ): Record<string, unknown> {
    const [method, path] = operation.split(' ');
    const { service, version } = this.read(provider);
    const { service: consumerName, version: consumerVersion } = this.read(consumer);
    return {
      service,
      ...(version !== undefined && { serviceVersion: version }),
      consumer: consumerName,
      consumerVersion,
      environment: this.nameOf('test'),
      operation,
      request: { method, path },
      response: { status: 200, body: { answers: operation } },
      ...rest,
    };
  }

  record(consumer: Participant, provider: string, operation?: string): Promise<Answer> {
    return this.call('POST', '/interactions', { body: this.interaction(consumer, provider, operation) });
  }

  recordBatch(interactions: Record<string, unknown>[]): Promise<Answer> {
    return this.call('POST', '/interactions/batch', { body: { interactions } });
  }

  deploy(participant: Participant, environment: string, rest: Record<string, unknown> = {}): Promise<Answer> {
    const body = { ...this.read(participant), environment: this.nameOf(environment), ...rest };
    return this.call('POST', '/deployments', { body });
  }

  /** Ends the active deployment of the service. */
  async undeployed(service: string, environment: string): Promise<void> {
    const { body } = await this.deployments({ service, environment, active: true });
    done(await this.call('POST', `/deployments/${body.data[0].id}/undeploy`));
  }

  deployments(query: Query = {}): Promise<Answer> {
    return this.get('/deployments', query);
  }

  canIDeploy(participant: Participant, environment: string, rest: Query = {}): Promise<Answer> {
    return this.get('/can-i-deploy', { ...split(participant), environment, ...rest });
  }

  /** The tasks of this scenario's services, newest first. */
  async tasks(query: Query): Promise<Task[]> {
    return done(await this.get('/verification-tasks', { limit: 100, ...query })).body.data;
  }

  /** The one task of these versions there, with its interactions. Throws where there is none. */
  async task(
    consumer: Participant,
    provider: Participant,
    environment: string,
  ): Promise<TaskWithInteractions> {
    const [from, to] = [split(consumer), split(provider)];
    const tasks = await this.tasks({ consumer: from.service, provider: to.service, environment });
    const found = tasks.find(
      (task) => task.consumerVersion === from.version && task.providerVersion === to.version,
    );
    if (!found) throw new Error(`There is no task of ${consumer} with ${provider} in ${environment}`);
    return done(await this.call('GET', `/verification-tasks/${found.id}`)).body;
  }

  /** Results for a task; without a list those that lead to the outcome. */
  verify(
    task: TaskWithInteractions,
    results: InteractionResult[] | Outcome,
    providerVersion = task.providerVersion,
  ): Promise<Answer> {
    const body = {
      providerVersion,
      results: typeof results === 'string' ? resultsFor(task, results) : results,
    };
    return this.call('POST', `/verification-tasks/${task.id}/results`, { body });
  }

  /** Names in the query are this scenario's. */
  get(url: string, query: Query = {}): Promise<Answer> {
    return this.call('GET', `${url}?${this.queryOf(query).toString()}`);
  }

  /** Below `/v1`; the answer's names are the plain ones. */
  async call(method: string, url: string, call: Call = {}): Promise<Answer> {
    const answer = await this.api.call(method, `/v1${url}`, { as: this.apiKey, ...call });
    const text = answer.text.replaceAll(this.suffix, '');
    return { ...answer, text, body: answer.body === undefined ? undefined : JSON.parse(text) };
  }

  private async was(method: string, url: string, body: unknown): Promise<void> {
    done(await this.call(method, url, { body }));
  }

  private read(participant: string) {
    const { service, version } = split(participant);
    return { service: this.nameOf(service), version };
  }

  private queryOf(query: Query): URLSearchParams {
    const named = (key: string, value: unknown) =>
      NAMES.has(key) ? this.nameOf(String(value)) : String(value);
    return new URLSearchParams(Object.entries(query).map(([key, value]) => [key, named(key, value)]));
  }
}

type Query = Record<string, string | number | boolean>;

/** Parameters of queries that hold names. */
const NAMES = new Set(['service', 'consumer', 'provider', 'environment']);

function split(participant: string): { service: string; version: string } {
  const [service, version] = participant.split(/@(.*)/);
  return { service: service!, version: version! };
}

function done(answer: Answer): Answer {
  if (answer.status >= 400) throw new Error(`The scenario was refused: ${answer.status} ${answer.text}`);
  return answer;
}
