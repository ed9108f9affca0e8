import type { Privileges, Table } from './catalogue.js';
import type { House } from './rows.js';

/** In whose name a statement runs: of the tenant whose row it aims at, of another, of nobody. */
export const WHO = ['own', 'other', 'none'] as const;
export type Who = (typeof WHO)[number];

/** One statement against one table, aimed at rows of one tenant. */
export interface Attack {
  name: string;
  text: string;
  values: string[];
  /** Do the grants let the role run it at all? */
  isAllowed: boolean;
  /** The answer to a role that is bound to its tenant: so many rows, or how the error begins. */
  expected: Record<Who, string>;
  /** The answer to a role that works for all tenants; without it, that of the owner. */
  unbound?: string;
  /** Values for which the answer must be the same to the letter. */
  twin?: string[];
}

/** What an attack on a table is made of: the tenant whose rows are attacked, and another beside it. */
export interface Scene {
  table: Table;
  privileges: Privileges;
  target: House;
  other: House;
  /** How many rows the table has, by tenant. */
  rowsOf: ReadonlyMap<string, number>;
}

export const NO_CONTEXT = '42501 no tenant context';
export const rows = (count: number) => `${count} rows`;

/** The two kinds of wall, as they answer: a row of another is not there, and cannot be put there. */
export const HIDDEN = { own: rows(1), other: rows(0), none: NO_CONTEXT };
export const refused = ({ label }: Table) =>
  `42501 new row violates row-level security policy for table "${label}"`;

/** May the role do this with all of these columns? */
export const may = (
  { privileges, table }: Scene,
  privilege: 'SELECT' | 'INSERT' | 'UPDATE',
  columns: string[],
): boolean => columns.every((column) => privileges.can(privilege, table, column));

export const columnsOf = ({ columns }: Table): string[] => columns.map(({ name }) => name);

/** The columns that name a row inside its tenant. */
export function identityOf({ primaryKey }: Table): string[] {
  const withoutTenant = primaryKey.filter((column) => column !== 'tenant_id');
  return withoutTenant.length > 0 ? withoutTenant : primaryKey;
}

/** `WHERE` for one row by its identity; the values are `aimedAt()`. */
export const whereIdentity = (table: Table): string =>
  identityOf(table)
    .map((column, i) => `"${column}" = $${i + 1}`)
    .join(' AND ');

/** Of a row that nothing refers to: it can be deleted. */
export const aimedAt = ({ table, target }: Scene): string[] =>
  identityOf(table).map((column) => target.stored.get(table.name)![column]!);

/** A column that the role may set to itself; where there is none, the one that nobody may. */
export const changeableOf = (scene: Scene): string =>
  columnsOf(scene.table).find(
    (column) => column !== 'tenant_id' && may(scene, 'UPDATE', [column]) && may(scene, 'SELECT', [column]),
  ) ?? 'tenant_id';
