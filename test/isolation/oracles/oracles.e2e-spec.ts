import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DatabaseRoom, openDatabaseRoom } from '../../support/database-room.js';
import { streams } from './choices.js';
import { openProjected } from './projected.js';
import { project } from './projection.js';
import { search } from './search.js';

describe('oracles', () => {
  let room: DatabaseRoom;
  let projected: Awaited<ReturnType<typeof openProjected>>;
  beforeAll(async () => {
    room = await openDatabaseRoom({ DATABASE_POOL_MAX: '3', LOG_LEVEL: 'warn', LOG_QUERIES: 'false' });
    projected = await openProjected(room, 1);
  });
  afterAll(async () => {
    await projected.close();
    await room.close();
  });
  it('projection', async () => {
    const r = await search(fc.array(streams(100), { minLength: 1, maxLength: 8 }), (p) => project(projected, p), { seed: 1, ms: 10_000 });
    process.stdout.write(JSON.stringify(r, null, 1).replaceAll('\\n', '\n') + '\n');
    expect(r.violation).toBeUndefined();
  });
});
