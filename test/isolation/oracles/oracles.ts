import fc from 'fast-check';
import pg from 'pg';
import type { TestDatabase } from '../../support/database.js';
import { openDatabaseRoom } from '../../support/database-room.js';
import { streams } from './choices.js';
import { interfere } from './http-program.js';
import { openProjected } from './projected.js';
import { project } from './projection.js';
import { reuse } from './reuse.js';
import type { Settings } from './settings.js';
import { interfereInSql } from './sql-program.js';
import { openTwins } from './twins.js';
import { Fresh, openMirror } from './worlds.js';

export const ORACLE_NAMES = [
  'projection',
  'noninterference in SQL',
  'noninterference in HTTP',
  'reuse',
] as const;
export type OracleName = (typeof ORACLE_NAMES)[number];

/** How the time is shared among them, in parts of one. */
export const SHARES: Record<OracleName, number> = {
  projection: 0.4,
  'noninterference in SQL': 0.3,
  'noninterference in HTTP': 0.15,
  reuse: 0.15,
};

/** Streams of decisions; each oracle writes its own kind of program by them. */
export type Program = number[][];

/** An oracle, and what its programs run on. */
export interface Oracle {
  programs: fc.Arbitrary<Program>;
  /** Answers how many operations it was; throws what it found. */
  run(program: Program): Promise<number>;
  /** Whose walls can be switched off. */
  databases(): Promise<TestDatabase[]>;
  open(): Promise<unknown>;
  close(): Promise<void>;
}

interface World {
  databases: TestDatabase[];
  close(): Promise<unknown>;
}

function oracle<W extends World>(
  programs: fc.Arbitrary<Program>,
  open: () => Promise<W>,
  run: (world: W, program: Program) => Promise<number>,
): Oracle {
  const world = new Fresh(open);
  return {
    programs,
    run: (program) => world.run((current) => run(current, program)),
    databases: async () => (await world.get()).databases,
    open: () => world.get(),
    close: () => world.close(),
  };
}

/** The oracles under one configuration; nothing is opened yet. */
export const oraclesUnder = (settings: Settings, seed: number): Record<OracleName, Oracle> => ({
  projection: oracle(programs(20, 100), async () => openProjected(await settings.open(), seed), project),
  'noninterference in SQL': oracle(programs(6, 100), () => openTwins(settings, seed), interfereInSql),
  'noninterference in HTTP': oracle(programs(10, 4), () => openMirror(settings), interfere),
  reuse: oracle(programs(6, 9), () => openReused(settings), reuse),
});

/** Programs of so many steps at most, each of so many decisions. */
const programs = (steps: number, decisions: number) =>
  fc.array(streams(decisions), { minLength: 1, maxLength: steps, size: 'max' });

async function openReused(settings: Settings) {
  const { environment, database } = await settings.open();
  const room = await openDatabaseRoom(environment, database);
  const pool = new pg.Pool({ connectionString: database.adminUrl, max: 1 });
  const admin = await pool.connect();
  const close = async () => {
    admin.release();
    await pool.end();
    await room.close();
  };
  return { room, admin, databases: [database], close };
}
