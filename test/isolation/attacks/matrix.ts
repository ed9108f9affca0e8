import { type Attack, type Scene, WHO, type Who, columnsOf } from './attack.js';
import { type AsAdmin, type Table, isOfTenants, readPrivileges, readTables } from './catalogue.js';
import { insertions } from './insertions.js';
import { readsAndChanges } from './reads-and-changes.js';
import { type House, furnish } from './rows.js';
import { type PlanMode, Session } from './session.js';

/** A role of the service: bound to the tenant of its transaction, or working for all of them. */
export interface AttackedRole {
  name: string;
  url: string;
  isBound: boolean;
  /** Through a pooler that knows no named statements in transaction mode (PgBouncer before 1.21). */
  isPooled: boolean;
}

/** An answer that is not what it must be. */
export interface Deviation {
  attack: string;
  expected: string;
  answered: string;
}

/** A database with two tenants in it, each with rows in every table that the catalogue knows. */
export interface Street {
  tables: Table[];
  target: House;
  other: House;
}

export async function furnishStreet(asAdmin: AsAdmin): Promise<Street> {
  const tables = await readTables(asAdmin);
  return { tables, target: await furnish(asAdmin, tables), other: await furnish(asAdmin, tables) };
}

/** Runs every attack on every table as `role`; answers what was attacked, and what deviates from what the walls promise. */
export async function runMatrix(
  asAdmin: AsAdmin,
  { tables, target, other }: Street,
  role: AttackedRole,
  mode: PlanMode,
): Promise<{ attacks: number; deviations: Deviation[] }> {
  const privileges = await readPrivileges(asAdmin, role.name);
  const session = await Session.open(role.url, { isPrepared: !role.isPooled });
  const deviations: Deviation[] = [];
  let attacks = 0;
  try {
    for (const table of tables) {
      if (!isOfTenants(table)) continue;
      const scene = { table, privileges, target, other, rowsOf: await countRows(asAdmin, table) };
      for (const attack of [...readsAndChanges(scene), ...insertions(scene)]) {
        deviations.push(...(await attempt(session, scene, attack, role, mode)));
        attacks += WHO.length;
      }
    }
    if (role.isBound) {
      const strange = tables.filter((table) => !isOfTenants(table));
      deviations.push(...(await reachOf(session, strange)));
      attacks += strange.length;
    }
  } finally {
    await session.close();
  }
  return { attacks, deviations };
}

/** The owner first, so that whoever comes after meets plans that were made for it. */
async function attempt(
  session: Session,
  { table, privileges, target, other }: Scene,
  attack: Attack,
  { isBound, name }: AttackedRole,
  mode: PlanMode,
): Promise<Deviation[]> {
  const tenantOf: Record<Who, string | undefined> = {
    own: target.tenantId,
    other: other.tenantId,
    none: undefined,
  };
  // The sixth execution is the first that may use a generic plan by itself.
  const warmUps = mode === 'auto' && attack.isAllowed ? 5 : 0;
  for (let i = 0; i < warmUps; i++) await session.run(attack.text, attack.values, target.tenantId, mode);
  const deviations: Deviation[] = [];
  for (const who of WHO) {
    const where = `${name}: ${attack.name} on ${table.name}, ${who}`;
    const run = (values: string[]) => session.run(attack.text, values, tenantOf[who], mode);
    const answer = await run(attack.values);
    const expected = isBound
      ? boundTo(table, attack, who, privileges.canUse(table.schema))
      : unbound(table, attack);
    const answered = isBound ? answer.text : answer.text.replace(', some of another tenant', '');
    if (!answered.startsWith(expected)) deviations.push({ attack: where, expected, answered });
    if (!attack.twin) continue;
    const twin = await run(attack.twin);
    if (JSON.stringify(twin) !== JSON.stringify(answer))
      deviations.push({
        attack: `${where}, as of nothing`,
        expected: JSON.stringify(twin),
        answered: JSON.stringify(answer),
      });
  }
  return deviations;
}

function boundTo(
  table: Table,
  { isAllowed, expected, name }: Attack,
  who: Who,
  canUseSchema: boolean,
): string {
  // Whatever the grants say: no row is handed to another tenant.
  const isMove = name === 'update of tenant_id' || name === 'move to another tenant';
  if (isAllowed && !isMove) return expected[who];
  // The planner may ask for the tenant before the executor asks for the privilege.
  return who === 'none' ? '42501' : denied(table, canUseSchema);
}

const unbound = (table: Table, { isAllowed, expected, unbound: answer = expected.own }: Attack): string =>
  isAllowed ? answer : denied(table, true);

const denied = ({ label, schema }: Table, canUseSchema: boolean) =>
  `42501 permission denied for ${canUseSchema ? `table ${label}` : `schema ${schema}`}`;

/** Tables without a tenant are none of the bound role's business. */
async function reachOf(session: Session, tables: Table[]): Promise<Deviation[]> {
  const deviations: Deviation[] = [];
  for (const table of tables) {
    const [column] = columnsOf(table);
    for (const text of [
      `SELECT FROM ${table.name}`,
      `INSERT INTO ${table.name} DEFAULT VALUES`,
      `UPDATE ${table.name} SET "${column}" = DEFAULT`,
      `DELETE FROM ${table.name}`,
    ]) {
      const { text: answered } = await session.run(text, []);
      const expected = '42501 permission denied for';
      if (!answered.startsWith(expected)) deviations.push({ attack: text, expected, answered });
    }
  }
  return deviations;
}

async function countRows(asAdmin: AsAdmin, { name }: Table): Promise<Map<string, number>> {
  const { rows } = await asAdmin(`SELECT tenant_id, count(*)::int AS count FROM ${name} GROUP BY tenant_id`);
  return new Map(rows.map(({ tenant_id, count }) => [String(tenant_id), Number(count)]));
}
