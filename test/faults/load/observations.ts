import type { Tenant } from '../world/tenants.js';
import { type Answer, CONFLICTS, type Request, isSuccess } from './exchange.js';

/** What clients saw while a fault lasted. */
export class Observations {
  requests = 0;
  slowestMs = 0;
  /** Longest time without a success for one of the tenants. */
  longestOutageMs = 0;
  /** How often each answer came: `201`, `503 DATABASE_BUSY`. */
  readonly answers = new Map<string, number>();
  /** Something of another tenant in an answer. */
  readonly leaks: string[] = [];
  /** Answers that no fault excuses. */
  readonly unexpected: string[] = [];
  private readonly successes = new Map<string, { count: number; at: number }>();

  constructor(
    private readonly tenants: readonly Tenant[],
    /** Kinds of answers that this fault brings, beside 503 with Retry-After: `NO_ANSWER`, `RATE_LIMITED`. */
    private readonly excused: ReadonlySet<string>,
  ) {
    for (const { slug } of tenants) this.successes.set(slug, { count: 0, at: performance.now() });
  }

  note(tenant: Tenant, request: Request, answer: Answer): void {
    this.requests++;
    this.slowestMs = Math.max(this.slowestMs, answer.ms);
    const name = `${answer.status} ${answer.code}`.trim();
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    this.searchLeaks(tenant, request, answer);
    if (isSuccess(answer)) this.noteSuccess(tenant);
    else if (!this.isExcused(answer))
      this.unexpected.push(`${request.method} ${request.path}: ${name} ${answer.text.slice(0, 300)}`);
  }

  /** How many requests of that tenant succeeded so far. */
  successesOf({ slug }: Tenant): number {
    return this.successes.get(slug)!.count;
  }

  /** How many answers whose name begins so: `503`, `503 DATABASE_BUSY`. */
  countOf(beginning: string): number {
    return [...this.answers].reduce((sum, [name, n]) => sum + (name.startsWith(beginning) ? n : 0), 0);
  }

  /** Answers of 503. */
  get refused(): number {
    return this.countOf('503');
  }

  private noteSuccess({ slug }: Tenant): void {
    const now = performance.now();
    const success = this.successes.get(slug)!;
    // The first one is only the start of the load.
    if (success.count > 0) this.longestOutageMs = Math.max(this.longestOutageMs, now - success.at);
    this.successes.set(slug, { count: success.count + 1, at: now });
  }

  private searchLeaks(tenant: Tenant, request: Request, { text, headers }: Answer): void {
    const all = `${text}\n${[...headers].join('\n')}`;
    for (const other of this.tenants) {
      if (other !== tenant && (all.includes(other.slug) || all.includes(other.id)))
        this.leaks.push(`${request.method} ${request.path} as ${tenant.slug}: ${all.slice(0, 500)}`);
    }
  }

  private isExcused({ status, code, headers }: Answer): boolean {
    if (CONFLICTS.has(code) || this.excused.has(code)) return true;
    return status === 503 && headers.has('retry-after');
  }
}
