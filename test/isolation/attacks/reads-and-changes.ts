import {
  type Attack,
  HIDDEN,
  NO_CONTEXT,
  type Scene,
  aimedAt,
  changeableOf,
  columnsOf,
  identityOf,
  may,
  rows,
  whereIdentity,
} from './attack.js';

/** Reading, changing, deleting and merging rows of another tenant: they are not there. */
export function readsAndChanges(scene: Scene): Attack[] {
  return [...reads(scene), ...changes(scene), ...deletions(scene), ...merges(scene)];
}

/** Whoever names no row gets all its own, and no other. */
const everyRow = ({ rowsOf, target, other }: Scene) => ({
  expected: {
    own: rows(rowsOf.get(target.tenantId)!),
    other: rows(rowsOf.get(other.tenantId)!),
    none: NO_CONTEXT,
  },
  unbound: rows([...rowsOf.values()].reduce((sum, count) => sum + count)),
});

function reads(scene: Scene): Attack[] {
  const { table } = scene;
  const canRead = may(scene, 'SELECT', columnsOf(table));
  const canLock = canRead && columnsOf(table).some((column) => may(scene, 'UPDATE', [column]));
  const byId = { text: `SELECT * FROM ${table.name} WHERE ${whereIdentity(table)}`, values: aimedAt(scene) };
  return [
    {
      name: 'select',
      text: `SELECT * FROM ${table.name}`,
      values: [],
      isAllowed: canRead,
      ...everyRow(scene),
    },
    { ...byId, name: 'select by id', isAllowed: canRead, expected: HIDDEN },
    {
      ...byId,
      name: 'select for update',
      text: `${byId.text} FOR UPDATE`,
      isAllowed: canLock,
      expected: HIDDEN,
    },
  ];
}

function changes(scene: Scene): Attack[] {
  const { table, other } = scene;
  const column = changeableOf(scene);
  const isAllowed = may(scene, 'UPDATE', [column]) && may(scene, 'SELECT', [column, ...identityOf(table)]);
  const update = `UPDATE ${table.name} SET "${column}" = "${column}" WHERE ${whereIdentity(table)}`;
  const values = aimedAt(scene);
  const canSeeAll = may(scene, 'SELECT', columnsOf(table));
  return [
    ...columnsOf(table).map((name) => ({
      name: `update of ${name}`,
      text: `UPDATE ${table.name} SET "${name}" = "${name}"`,
      values: [],
      isAllowed: may(scene, 'UPDATE', [name]) && may(scene, 'SELECT', [name]),
      ...everyRow(scene),
    })),
    { name: 'update by id', text: update, values, isAllowed, expected: HIDDEN },
    {
      name: 'update returning',
      text: `${update} RETURNING *`,
      values,
      isAllowed: isAllowed && canSeeAll,
      expected: HIDDEN,
    },
    {
      name: 'move to another tenant',
      text: `UPDATE ${table.name} SET tenant_id = $${values.length + 1} WHERE ${whereIdentity(table)}`,
      values: [...values, other.tenantId],
      isAllowed: may(scene, 'UPDATE', ['tenant_id']),
      expected: HIDDEN,
    },
  ];
}

function deletions(scene: Scene): Attack[] {
  const { table, privileges } = scene;
  const text = `DELETE FROM ${table.name} WHERE ${whereIdentity(table)}`;
  const isAllowed = privileges.canDelete(table) && may(scene, 'SELECT', identityOf(table));
  const canSeeAll = may(scene, 'SELECT', columnsOf(table));
  const values = aimedAt(scene);
  return [
    { name: 'delete', text, values, isAllowed, expected: HIDDEN },
    {
      name: 'delete returning',
      text: `${text} RETURNING *`,
      values,
      isAllowed: isAllowed && canSeeAll,
      expected: HIDDEN,
    },
  ];
}

function merges(scene: Scene): Attack[] {
  const { table, privileges } = scene;
  const id = identityOf(table);
  const column = changeableOf(scene);
  const typeOf = (name: string) => table.columns.find((candidate) => candidate.name === name)!.type;
  const source = id.map((name, i) => `$${i + 1}::${typeOf(name)} AS "${name}"`).join(', ');
  const on = id.map((name) => `t."${name}" = v."${name}"`).join(' AND ');
  const merge = `MERGE INTO ${table.name} t USING (SELECT ${source}) v ON ${on} WHEN MATCHED THEN`;
  const canMatch = may(scene, 'SELECT', id);
  const values = aimedAt(scene);
  return [
    {
      name: 'merge, updating',
      text: `${merge} UPDATE SET "${column}" = t."${column}"`,
      values,
      isAllowed: canMatch && may(scene, 'UPDATE', [column]) && may(scene, 'SELECT', [column]),
      expected: HIDDEN,
    },
    {
      name: 'merge, deleting',
      text: `${merge} DELETE`,
      values,
      isAllowed: canMatch && privileges.canDelete(table),
      expected: HIDDEN,
    },
  ];
}
