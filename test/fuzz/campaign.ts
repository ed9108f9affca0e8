import fc from 'fast-check';
import { type Credentials, type Encoded, encode, toBytes, toCurl } from './encode.js';
import { faultsOf } from './judge.js';
import { Made } from './made.js';
import { type FuzzRequest, anyRequest } from './requests.js';
import type { Template } from './templates.js';
import { Wire, type WireAnswer } from './wire.js';

export interface CampaignOptions {
  port: number;
  seed: number;
  /** How many, at least: shrinking a finding adds some. */
  requests: number;
  templates: ReadonlyMap<string, Template>;
  credentials: Credentials;
}

export interface Finding {
  /** What the route and its fault are: found once, it is not looked for again. */
  key: string;
  /** The smallest request that shows it. */
  curl: string;
  answer: string;
  /** `fc.check` with this seed makes it again, on a database in the same state. */
  seed: number;
}

export interface Figures {
  requests: number;
  seconds: number;
  byStatus: Record<number, number>;
  /** Operations that have succeeded at least once. */
  succeeded: Set<string>;
  slowest: { ms: number; curl: string };
  findings: Finding[];
}

/** Below the size of the pool: requests that wait for each other test nothing here. */
const WORKERS = 6;
const REQUESTS_OF_A_CHUNK = 200;

/** Sends random requests over a few connections, until there were enough. */
export async function campaign(options: CampaignOptions): Promise<Figures> {
  const run = new Campaign(options);
  const started = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, () => run.work()));
  return { ...run.figures, seconds: (performance.now() - started) / 1_000 };
}

class Campaign {
  readonly figures: Figures = {
    requests: 0,
    seconds: 0,
    byStatus: {},
    succeeded: new Set(),
    slowest: { ms: 0, curl: '' },
    findings: [],
  };
  private readonly made: Made;
  private readonly requests: fc.Arbitrary<FuzzRequest>;
  private chunks = 0;

  constructor(private readonly options: CampaignOptions) {
    this.made = new Made(options.templates);
    this.requests = anyRequest(options.templates);
  }

  async work(): Promise<void> {
    const wire = new Wire(this.options.port);
    while (this.figures.requests < this.options.requests) {
      const seed = this.options.seed + this.chunks++;
      let last: Finding | undefined;
      const property = fc.asyncProperty(this.requests, async (request) => {
        const finding = await this.exchange(wire, request, seed);
        if (!finding || this.figures.findings.some(({ key }) => key === finding.key)) return;
        last = finding;
        throw new Error(finding.key);
      });
      await fc.check(property, { seed, numRuns: this.sizeOfChunk() });
      if (last && !this.figures.findings.some(({ key }) => key === last!.key))
        this.figures.findings.push(last);
    }
    wire.close();
  }

  private sizeOfChunk(): number {
    const left = Math.ceil((this.options.requests - this.figures.requests) / WORKERS);
    return Math.max(1, Math.min(REQUESTS_OF_A_CHUNK, left));
  }

  private async exchange(wire: Wire, request: FuzzRequest, seed: number): Promise<Finding | undefined> {
    const encoded = encode(request, this.options.credentials, this.made);
    const found = (fault: string, answer: string): Finding => ({
      key: `${request.operation.name} ${fault}`,
      curl: toCurl(encoded, request.as),
      answer,
      seed,
    });
    this.figures.requests++;
    let answer: WireAnswer;
    try {
      answer = await wire.exchange(toBytes(encoded), encoded.method === 'HEAD');
    } catch (error) {
      return found('gets no answer', String(error));
    }
    this.note(request, encoded, answer);
    const [fault] = faultsOf(request, encoded, answer);
    return fault ? found(fault, `${answer.status} ${answer.body.slice(0, 1_000)}`) : undefined;
  }

  private note(request: FuzzRequest, encoded: Encoded, answer: WireAnswer): void {
    const { byStatus, succeeded, slowest } = this.figures;
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
    if (answer.ms > slowest.ms) this.figures.slowest = { ms: answer.ms, curl: toCurl(encoded, request.as) };
    if (request.method !== request.operation.method) return;
    if (answer.status < 400) succeeded.add(request.operation.name);
    this.made.learn(request.operation, answer);
  }
}
