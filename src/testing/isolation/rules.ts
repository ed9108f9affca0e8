import { eq, getTableName, sql } from 'drizzle-orm';
import type { IsolatedPlace } from './isolated-place.js';
import { wallsInTheCatalogue, wallsWhenPushed } from './audited.js';
import { referencesAcross } from './references.js';
import { refusal } from './refusal.js';

/** One thing that must hold for a table of tenants. */
export interface IsolationRule {
  title: string;
  /** What is wrong, in words; empty: it holds. */
  faults(place: IsolatedPlace): Promise<string[]>;
}

const REFUSED = '42501';

/** In this order: each attempt finds the owner's row, which the last one looks at again. */
export const isolationRules: readonly IsolationRule[] = [
  { title: 'has every wall that the audit knows', faults: wallsInTheCatalogue },
  { title: 'holds when the login of the service pushes against it', faults: wallsWhenPushed },
  {
    title: 'shows a tenant its own rows and no others',
    async faults({ as, db, table, owner, stranger }) {
      const rows = await as(stranger.tenantId, () => db.select({ id: table.id }).from(table));
      const seen = rows.map(({ id }) => id);
      return [
        ...(seen.includes(stranger.row['id']) ? [] : ['a tenant does not see its own row']),
        ...(seen.includes(owner.row['id']) ? ["a list shows another tenant's row"] : []),
      ];
    },
  },
  {
    title: "does not find another tenant's row by its id",
    faults: ({ as, db, table, owner, stranger }) =>
      noneOf(
        as(stranger.tenantId, () =>
          db.select({ id: table.id }).from(table).where(eq(table.id, owner.row['id'])),
        ),
        "another tenant's row is read by its id",
      ),
  },
  {
    title: "does not change another tenant's row",
    faults: ({ as, db, table, owner, stranger }) =>
      noneOf(
        as(stranger.tenantId, () =>
          db
            .update(table)
            .set({ updatedAt: sql`now()` })
            .where(eq(table.id, owner.row['id']))
            .returning({ id: table.id }),
        ),
        "another tenant's row was changed",
      ),
  },
  {
    title: "does not delete another tenant's row",
    faults: ({ as, db, table, owner, stranger }) =>
      noneOf(
        as(stranger.tenantId, () =>
          db.delete(table).where(eq(table.id, owner.row['id'])).returning({ id: table.id }),
        ),
        "another tenant's row was deleted",
      ),
  },
  {
    title: 'takes no row for another tenant',
    async faults({ as, db, table, owner, stranger, further }) {
      const values = { ...(await further()), tenantId: owner.tenantId };
      return refusal(
        as(stranger.tenantId, () => db.insert(table).values(values)),
        REFUSED,
        'a row was written for another tenant',
      );
    },
  },
  {
    title: 'lets no row be handed to another tenant',
    faults: ({ as, db, table, owner, stranger }) =>
      refusal(
        as(stranger.tenantId, () =>
          db.update(table).set({ tenantId: owner.tenantId }).where(eq(table.id, stranger.row['id'])),
        ),
        REFUSED,
        'a row was handed to another tenant',
      ),
  },
  { title: "refers to no row of another tenant's", faults: referencesAcross },
  {
    title: 'is out of reach without a tenant',
    async faults({ db, table, tenantPool }) {
      return [
        ...(await refusal(
          db.select({ id: table.id }).from(table),
          'TENANT_CONTEXT_MISSING',
          'a service reads it outside of a request',
        )),
        ...(await refusal(
          tenantPool.query(`SELECT 1 FROM "${getTableName(table)}"`),
          REFUSED,
          'a connection of the pool reads it without a tenant',
        )),
      ];
    },
  },
  {
    title: 'is out of reach of the control plane',
    faults: ({ table, controlPool }) =>
      refusal(
        controlPool.query(`SELECT 1 FROM "${getTableName(table)}"`),
        REFUSED,
        'the login of the control plane reads it',
      ),
  },
  {
    title: 'has its first row still as it was',
    async faults({ as, db, table, owner }) {
      const rows = await as(owner.tenantId, () =>
        db.select().from(table).where(eq(table.id, owner.row['id'])),
      );
      return JSON.stringify(rows[0]) === JSON.stringify(owner.row)
        ? []
        : ["the owner's row is gone, or another"];
    },
  },
];

async function noneOf(rows: Promise<unknown[]>, fault: string): Promise<string[]> {
  return (await rows).length > 0 ? [fault] : [];
}
