import type { Connection } from './connection.js';
import { cannotTell } from './ending.js';
import { type CanIDeployAnswer, readBatchAnswer, readCanIDeploy, readStored } from './answers.js';
import { request, type Call } from './request.js';

export interface ServiceVersion {
  service: string;
  version: string;
}

/**
 * What of the API the commands for pipelines use. Every method throws a `PipelineError` where it is refused or not
 * answered.
 */
export class RowhouseApi {
  /** @param timeoutMs how long one answer may take, all attempts together */
  constructor(
    private readonly connection: Connection,
    private readonly timeoutMs: number,
  ) {}

  canIDeploy(
    question: ServiceVersion & { environment: string; semver?: string | undefined },
  ): Promise<CanIDeployAnswer> {
    return this.send({ method: 'GET', path: `/v1/can-i-deploy?${queryOf({ ...question })}` }, readCanIDeploy);
  }

  recordDeployment(deployment: ServiceVersion & { environment: string; gitSha?: string | undefined }) {
    return this.send({ method: 'POST', path: '/v1/deployments', body: deployment }, readStored);
  }

  uploadSpec(
    service: string,
    body: { version: string; branch?: string | undefined; environment?: string | undefined; spec: object },
    { replace }: { replace: boolean },
  ) {
    const path = `/v1/services/${encodeURIComponent(service)}/specs${replace ? '?replace=true' : ''}`;
    return this.send({ method: 'PUT', path, body }, readStored);
  }

  /** One outcome per interaction, in their order. */
  recordInteractions(interactions: unknown[], { strict }: { strict: boolean }) {
    const path = `/v1/interactions/batch${strict ? '?strict=true' : ''}`;
    return this.send({ method: 'POST', path, body: { interactions } }, (answer) =>
      readBatchAnswer(answer, interactions.length),
    );
  }

  private async send<T>(call: Omit<Call, 'timeoutMs'>, read: (answer: unknown) => T | undefined): Promise<T> {
    const answer = read(await request(this.connection, { ...call, timeoutMs: this.timeoutMs }));
    if (answer === undefined)
      throw cannotTell(`${this.connection.url} answered something that this version does not understand.`);
    return answer;
  }
}

const queryOf = (parameters: Record<string, string | undefined>): string =>
  new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();
