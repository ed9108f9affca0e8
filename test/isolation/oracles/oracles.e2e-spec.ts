import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg, { type PoolClient } from 'pg';
import { type DatabaseRoom, openDatabaseRoom } from '../../support/database-room.js';
import { streams } from './choices.js';
import { reuse } from './reuse.js';
import { search } from './search.js';

describe.each([['true', '1'], ['true', '2'], ['false', '1'], ['false', '3']])('oracles pipeline %s max %s', (pipe, max) => {
  let room: DatabaseRoom; let pool: pg.Pool; let admin: PoolClient;
  beforeAll(async () => {
    room = await openDatabaseRoom({ LOG_LEVEL: 'fatal', LOG_QUERIES: 'false', DATABASE_POOL_MAX: max, DATABASE_PIPELINE: pipe });
    pool = new pg.Pool({ connectionString: room.database.adminUrl, max: 1 });
    admin = await pool.connect();
  });
  afterAll(async () => {
    admin.release(); await pool.end();
    await room.close();
  });
  it('reuse', async () => {
    const r = await search(fc.array(streams(8), { minLength: 1, maxLength: 6 }), (p) => reuse({ room, admin }, p), { seed: Number(process.env.S ?? 1), ms: 5_000 });
    process.stdout.write(JSON.stringify(r, null, 1).replaceAll('\\n', '\n') + '\n');
    expect(r.violation).toBeUndefined();
  }, 120_000);
});
