import type { INestApplicationContext } from '@nestjs/common';
import type { Seeded } from './seeds.js';

/** As `seeds.ts` says. It loads the whole application, which no command waits for that only needs a database. */
export const plantSeeds = async (app: INestApplicationContext): Promise<Seeded> =>
  (await import('./seeds.js')).plantSeeds(app);
