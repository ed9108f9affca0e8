import type { Participant } from './scenario.js';
import type { Outcome } from './tasks.js';

export interface Pairing {
  consumer: Participant;
  provider: Participant;
  environment: string;
}

/**
 * The room in a page of Maps: what contracts.md says of recordings, deployments, tasks, results and the question, without
 * rows, locks or indexes. What the application answers must be what this answers.
 */
export class Model {
  /** By consumer version and provider. */
  private readonly operations = new Map<string, Set<string>>();
  /** By environment and service: the version. */
  private readonly active = new Map<string, string>();
  /** By pairing: how many interactions its snapshot has. */
  private readonly snapshots = new Map<string, number>();
  /** By consumer version and provider version: the newest. */
  private readonly results = new Map<string, { outcome: Outcome; covers: number }>();

  record(consumer: Participant, provider: string, operation: string): void {
    const known = this.operations.get(`${consumer} ${provider}`) ?? new Set();
    this.operations.set(`${consumer} ${provider}`, known.add(operation));
    this.derive();
  }

  deploy(participant: Participant, environment: string): void {
    const [service, version] = partsOf(participant);
    this.active.set(`${environment} ${service}`, version);
    this.derive();
  }

  /** How many interactions there are to verify; undefined: there is no task. */
  toVerify({ consumer, provider, environment }: Pairing): number | undefined {
    return this.snapshots.get(`${consumer} ${provider} ${environment}`);
  }

  verify(pairing: Pairing, outcome: Outcome): void {
    const covers = this.toVerify(pairing)!;
    this.results.set(`${pairing.consumer} ${pairing.provider}`, { outcome, covers });
  }

  /** How many of the pairs it would form there have passed, and how many have not. */
  ask(asked: Participant, environment: string): { passed: number; others: number } {
    const [service, version] = partsOf(asked);
    const pairs = this.links().flatMap(({ consumer, provider }) => {
      const [consumerName] = partsOf(consumer);
      if (consumer === asked)
        return [this.hasPassed(consumer, provider, this.activeIn(environment, provider))];
      const runs = this.activeIn(environment, consumerName) === partsOf(consumer)[1];
      return provider === service && runs && consumerName !== service
        ? [this.hasPassed(consumer, provider, version)]
        : [];
    });
    const passed = pairs.filter(Boolean).length;
    return { passed, others: pairs.length - passed };
  }

  private hasPassed(consumer: Participant, provider: string, version: string | undefined): boolean {
    const result = this.results.get(`${consumer} ${provider}@${version}`);
    return result?.outcome === 'passed' && result.covers === this.countOf(consumer, provider);
  }

  /** Wherever both run, the task has what is recorded now; elsewhere it keeps what it had. */
  private derive(): void {
    for (const environment of new Set([...this.active.keys()].map((key) => key.split(' ')[0]!)))
      for (const { consumer, provider } of this.links()) {
        const [name, version] = partsOf(consumer);
        const providerVersion = this.activeIn(environment, provider);
        if (this.activeIn(environment, name) !== version || providerVersion === undefined) continue;
        this.snapshots.set(
          `${consumer} ${provider}@${providerVersion} ${environment}`,
          this.countOf(consumer, provider),
        );
      }
  }

  private links(): { consumer: Participant; provider: string }[] {
    return [...this.operations.keys()].map((key) => {
      const [consumer, provider] = key.split(' ');
      return { consumer: consumer as Participant, provider: provider! };
    });
  }

  private activeIn(environment: string, service: string): string | undefined {
    return this.active.get(`${environment} ${service}`);
  }

  private countOf(consumer: Participant, provider: string): number {
    return this.operations.get(`${consumer} ${provider}`)!.size;
  }
}

const partsOf = (participant: Participant) => participant.split('@') as [string, string];
