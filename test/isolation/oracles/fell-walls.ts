import { ORACLE_NAMES, type Oracle, type OracleName } from './oracles.js';
import { search } from './search.js';
import { WALLS, type Wall } from './walls.js';

/** It takes less than a second, on a machine with nothing else to do. */
const MUST_NOTICE_MS = 20_000;
const MAY_NOTICE_MS = 3_000;

/** Which oracle noticed that which wall was down: after how many operations, or never. */
export type Noticed = Map<Wall, Map<OracleName, number | undefined>>;

/** Tests the oracles: switches off one wall at a time and lets each oracle look for it. */
export async function fellWalls(oracles: Record<OracleName, Oracle>, seed: number): Promise<Noticed> {
  const noticed: Noticed = new Map();
  for (const wall of WALLS) {
    const row = new Map<OracleName, number | undefined>();
    for (const name of wall.onlyAskedOf ?? ORACLE_NAMES) {
      const ms = name === wall.noticedBy ? MUST_NOTICE_MS : MAY_NOTICE_MS;
      row.set(name, await without(wall, oracles[name], { seed, ms }));
    }
    noticed.set(wall, row);
  }
  return noticed;
}

async function without(wall: Wall, oracle: Oracle, limits: { seed: number; ms: number }) {
  await everywhere(oracle, wall.sql?.fell);
  const raise = wall.fell?.();
  const { violation, operations } = await search(oracle.programs, oracle.run, { ...limits, isShrunk: false });
  raise?.();
  // What showed the violation is closed: those that come next get a new one, with all its walls.
  if (!violation) await everywhere(oracle, wall.sql?.raise);
  return violation ? operations : undefined;
}

async function everywhere(oracle: Oracle, sql: string | undefined): Promise<void> {
  if (sql === undefined) return;
  for (const database of await oracle.databases()) await database.query(sql);
}
