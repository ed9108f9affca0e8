import type { Load } from './load/load.js';
import type { Random } from './random.js';
import type { World } from './world/world.js';

/** What a fault acts on, while load runs. */
export interface Stage {
  world: World;
  load: Load;
  random: Random;
  /** Figures beside those that every fault has, by name: printed, not judged. */
  report(name: string, value: string): void;
}

/** Something that goes wrong, and what must be seen of it meanwhile; what must be true afterwards is the same for all. */
export interface Fault {
  /** What happens, in a few words. */
  name: string;
  /** Part of `npm test`. */
  isShort?: true;
  needs?: 'redis' | 'pgbouncer';
  /** Answers that it brings, beside 503 with Retry-After. */
  excuses?: string[];
  /** Longest time that a request may take, where it is not the deadline of the service. */
  slowestMs?: number;
  run(stage: Stage): Promise<void>;
}
