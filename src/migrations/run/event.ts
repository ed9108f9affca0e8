/** What a run tells while it works; the CLI shows it, tests listen to it. */
export type MigrationEvent =
  | { kind: 'lock-waiting'; holders: Blocker[] }
  | { kind: 'step-started'; tag: string; step: number; steps: number; resumedAt?: number }
  | { kind: 'statement-started'; tag: string; statement: number; statements: number }
  | { kind: 'blocked'; tag: string; statement: number; blockers: Blocker[] }
  | { kind: 'retry'; tag: string; attempt: number; delayMs: number; sqlState: string; blockers: Blocker[] }
  | { kind: 'index-dropped'; tag: string; index: string }
  | { kind: 'step-applied'; tag: string; durationMs: number };

export type OnEvent = (event: MigrationEvent) => void;

/** A session that another one waits for. What PostgreSQL does not let the migrator see is null. */
export interface Blocker {
  pid: number;
  user: string | null;
  applicationName: string | null;
  state: string | null;
  /** Of its current or last statement. */
  queryAgeMs: number | null;
  transactionAgeMs: number | null;
}

export function blockerInWords(blocker: Blocker): string {
  const { pid, user, applicationName, state, queryAgeMs, transactionAgeMs } = blocker;
  return [
    `pid ${pid}`,
    user && `user ${user}`,
    applicationName && `application "${applicationName}"`,
    state && (state === 'active' ? 'running a statement' : state),
    queryAgeMs !== null && `last statement ${seconds(queryAgeMs)} ago`,
    transactionAgeMs !== null && `transaction open for ${seconds(transactionAgeMs)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
