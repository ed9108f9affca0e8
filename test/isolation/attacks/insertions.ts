import {
  type Attack,
  NO_CONTEXT,
  type Scene,
  changeableOf,
  columnsOf,
  may,
  refused,
  rows,
} from './attack.js';
import { type Row, insertOf } from './rows.js';

/** Putting rows into another tenant, or hanging them on what it has. */
export function insertions(scene: Scene): Attack[] {
  return [...plain(scene), ...onConflict(scene), ...childrenOfStrangers(scene)];
}

function plain(scene: Scene): Attack[] {
  const { table, target, other } = scene;
  const fresh = target.fresh.get(table.name)!;
  const stored = target.stored.get(table.name)!;
  const canRead = may(scene, 'SELECT', columnsOf(table));
  const insert = (name: string, row: Row, own = rows(1)) => ({
    name,
    text: insertOf(table, row),
    values: Object.values(row),
    isAllowed: may(scene, 'INSERT', Object.keys(row)),
    expected: { own, other: refused(table), none: NO_CONTEXT },
  });
  const returning = insert('insert returning', fresh);
  const copy = insert('insert of another tenant’s values', {
    ...stored,
    ...pick(fresh, table.uniqueAcrossTenants),
    ...parentsOf(scene),
    tenant_id: other.tenantId,
  });
  return [
    insert('insert', fresh),
    { ...returning, text: `${returning.text} RETURNING *`, isAllowed: returning.isAllowed && canRead },
    // Whoever guesses right learns no more than whoever guesses wrong.
    insert('insert of what is there', stored, DUPLICATE),
    {
      ...copy,
      expected: { own: refused(table), other: rows(1), none: NO_CONTEXT },
      unbound: table.primaryKey.includes('tenant_id') ? rows(1) : DUPLICATE,
    },
    {
      ...insert('merge, inserting', fresh),
      text: `MERGE INTO ${table.name} USING (SELECT) v ON false WHEN NOT MATCHED THEN ${insertOf(table, fresh).replace(/^INSERT INTO \S+/, 'INSERT')}`,
    },
  ];
}

/** Where the same row would hang in the other tenant. */
const parentsOf = ({ table, other }: Scene): Row =>
  pick(
    other.fresh.get(table.name)!,
    table.foreignKeys.flatMap(({ columns }) => columns),
  );

const pick = (row: Row, columns: string[]): Row =>
  Object.fromEntries(columns.flatMap((column) => (column in row ? [[column, row[column]!]] : [])));

function onConflict(scene: Scene): Attack[] {
  const { table, target } = scene;
  const stored = target.stored.get(table.name)!;
  const change = changeableOf(scene);
  const key = table.primaryKey.map((column) => `"${column}"`).join(', ');
  const canInfer = may(scene, 'INSERT', Object.keys(stored)) && may(scene, 'SELECT', table.primaryKey);
  const attack = (name: string, action: string, own: string, isAllowed: boolean) => ({
    name: `on conflict ${name}`,
    text: `${insertOf(table, stored)} ON CONFLICT (${key}) DO ${action}`,
    values: Object.values(stored),
    isAllowed,
    expected: { own, other: refused(table), none: NO_CONTEXT },
  });
  const update = `UPDATE SET "${change}" = EXCLUDED."${change}"`;
  return [
    attack('do nothing', 'NOTHING', rows(0), canInfer),
    attack('do update', update, rows(1), canInfer && may(scene, 'UPDATE', [change])),
  ];
}

/** Foreign keys are checked past row security: only the tenant in them keeps a child from a stranger's parent. */
function childrenOfStrangers(scene: Scene): Attack[] {
  const { table, target, other } = scene;
  return table.foreignKeys
    .filter(({ parent }) => other.stored.has(parent))
    .map(({ name, columns, parent, parentColumns }) => {
      // What a narrower key checks as well stays the child's own, so that it is this key that refuses.
      const changed = columns.filter(
        (column) =>
          !table.foreignKeys.some(
            (key) => key.columns.length < columns.length && key.columns.includes(column),
          ),
      );
      const child = (parentValue: (column: string) => string): Row => {
        const row = { ...target.fresh.get(table.name)! };
        for (const column of changed)
          if (column !== 'tenant_id') row[column] = parentValue(parentColumns[columns.indexOf(column)]!);
        return row;
      };
      const row = child((column) => other.stored.get(parent)![column]!);
      return {
        name: `child of another tenant’s parent, ${name}`,
        text: insertOf(table, row),
        values: Object.values(row),
        twin: Object.values(child(() => NOWHERE)),
        isAllowed: may(scene, 'INSERT', Object.keys(row)),
        expected: {
          own: `23503 insert or update on table "${table.label}" violates foreign key constraint "${name}"`,
          other: refused(table),
          none: NO_CONTEXT,
        },
      };
    });
}

const DUPLICATE = '23505 duplicate key value';
const NOWHERE = '01920000-0000-7000-8000-000000000000';
