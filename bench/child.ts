/** What a forked process of the benchmark tells its parent, and how the parent asks it things. */
export interface Ready {
  port: number;
  /** API keys by tenant slug; Rowhouse only. */
  keys?: Record<string, string>;
}

interface Question {
  kind: string;
  question: never;
}

type Answer = (question: never) => unknown;

/** Memory of this process in bytes, before and after a forced garbage collection. */
const memory = () => {
  const { rss, heapUsed } = process.memoryUsage();
  globalThis.gc?.();
  globalThis.gc?.();
  const after = process.memoryUsage();
  return { rss, heapUsed, rssAfterGc: after.rss, heapUsedAfterGc: after.heapUsed };
};

/** Reports that this process serves, answers questions, and ends when its parent does. */
export function serveParent(ready: Ready, answers: Record<string, Answer> = {}): void {
  const all: Record<string, Answer> = { memory, cpu: () => process.cpuUsage(), ...answers };
  process.on('message', (message: Question) => void answer(message, all));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ answer: ready });
}

async function answer({ kind, question }: Question, answers: Record<string, Answer>): Promise<void> {
  try {
    process.send?.({ answer: await answers[kind]?.(question) });
  } catch (error) {
    process.send?.({ error: String((error as Error).stack) });
  }
}

/** The port a server listens on, out of `http://127.0.0.1:1234`. */
export const portOf = (url: string): number => Number(new URL(url).port);
