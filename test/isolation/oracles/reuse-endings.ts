import { AsyncResource } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { notes } from '../../notes/notes.schema.js';
import { type Scene, add, giveUpAfter, pause, pidOf, select, write } from './scene.js';

export interface Ending {
  run(scene: Scene): Promise<unknown>;
  /** `committed`, or the code or message of the error that the caller must see. */
  ends: string;
}

/** A note is written in each, and is there afterwards only where it ends with `committed`. */
export const ENDINGS = {
  commit: { ends: 'committed', run: (scene) => write(scene, () => add(scene)) },
  throw: {
    ends: 'thrown by the work',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        throw new Error('thrown by the work');
      }),
  },
  swallowedError: {
    ends: 'TENANT_TX_ABORTED',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        await Promise.resolve(scene.room.db.execute(sql`select 1 / 0`)).catch(() => undefined);
      }),
  },
  timeOut: {
    ends: '57014',
    run: (scene) =>
      write(scene, async () => {
        await scene.room.db.execute(sql`set local statement_timeout = '5ms'`);
        await add(scene);
        await pause(scene, 1);
      }),
  },
  /** As a `query_timeout` does that somebody adds to the pool: the driver gives up, the server does not. */
  driverTimeOut: {
    ends: 'DATABASE_UNAVAILABLE',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        giveUpAfter(10, scene.room);
        await pause(scene, 0.06);
      }),
  },
  backendTerminated: {
    ends: 'DATABASE_UNAVAILABLE',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        await scene.terminate(await pidOf(scene));
        await add(scene, ' again');
      }),
  },
  clientGone: {
    ends: 'TRANSACTION_CANCELLED',
    run: (scene) => {
      const abort = new AbortController();
      return write(
        scene,
        async () => {
          await add(scene);
          setImmediate(() => abort.abort());
          await pause(scene, 1);
        },
        { signal: abort.signal },
      );
    },
  },
  clientGoneBetween: {
    ends: 'TRANSACTION_CANCELLED',
    run: (scene) => {
      const abort = new AbortController();
      const work = async () => {
        await add(scene);
        abort.abort();
        await sleep(1);
      };
      return write(scene, work, { signal: abort.signal });
    },
  },
  unawaitedQuery: {
    ends: 'TENANT_TX_UNFINISHED',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        add(scene, ' unawaited').catch(() => undefined);
        pause(scene, 0.005).catch(() => undefined);
        await Promise.resolve();
      }),
  },
  lateQuery: {
    ends: 'committed',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        scene.late.push(
          AsyncResource.bind(() => add(scene, ' late')),
          AsyncResource.bind(() => select(scene)),
        );
      }),
  },
  nestedForeign: {
    ends: 'TENANT_CONTEXT_MISMATCH',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        await scene.room.transactions.withTenant(scene.neighbourId, { access: 'read' }, () => select(scene));
      }),
  },
  nestedOwn: {
    ends: 'committed',
    run: (scene) => write(scene, () => write(scene, () => add(scene))),
  },
  savepoint: {
    ends: 'committed',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        const nested = scene.room.db.transaction(async () => {
          await add(scene, ' in a savepoint');
          throw new Error('only the savepoint');
        });
        await nested.catch(() => undefined);
      }),
  },
  lastWrite: {
    ends: 'committed',
    run: (scene) =>
      write(scene, async () => {
        await select(scene);
        const { room, tenantId, title } = scene;
        room.transactions.lastWrite(() => room.db.insert(notes).values({ tenantId, title }).execute());
      }),
  },
  writeInRead: {
    ends: '25006',
    run: (scene) => write(scene, () => add(scene), { access: 'read' }),
  },
  handedOn: {
    ends: 'nothing written',
    run: async (scene) => {
      await write(scene, () => select(scene), { access: 'read', detachCommit: true });
      throw new Error('nothing written');
    },
  },
  /** What lives no longer than the transaction, if it ends as it must. */
  leftovers: {
    ends: 'committed',
    run: (scene) =>
      write(scene, async () => {
        const { db } = scene.room;
        await add(scene);
        await db.execute(sql`set local lock_timeout = '3s'`);
        await db.execute(sql`select title from notes for update`);
      }),
  },
  /** What would live longer. */
  outliving: {
    ends: 'TENANT_TX_STATEMENT',
    run: (scene) =>
      write(scene, async () => {
        await add(scene);
        await scene.room.db.execute(sql`declare kept cursor with hold for select title from notes`);
      }),
  },
} satisfies Record<string, Ending>;
