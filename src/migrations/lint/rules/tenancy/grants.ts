import type { GrantStmt, Node } from 'libpg-query';
import { nameParts, relationName, spokenName } from '../../../sql/names.js';
import type { StatementRule, StepContext } from '../../rule.js';
import { nodeRule } from '../node-rule.js';
import { app, roleNames } from './policy.js';
import { isOfTenants, namesTenant } from './step-tables.js';

interface Grant {
  /** `schema.table`; empty where the grant is about something else, or about all tables of a schema. */
  tables: string[];
  /** In lower case with their columns; `all` for ALL PRIVILEGES. */
  privileges: { name: string; columns: string[] }[];
  roles: string[];
  /** What it is granted on, in words. */
  on: string;
}

/** The GRANT of a statement (REVOKE takes nothing from anybody's safety). */
export function grantsOf(node: Node): Grant[] {
  if (!('GrantStmt' in node) || !node.GrantStmt.is_grant) return [];
  const { objects = [], privileges, grantees, objtype, targtype } = node.GrantStmt;
  const isTable = objtype === 'OBJECT_TABLE' && targtype === 'ACL_TARGET_OBJECT';
  const tables = isTable
    ? objects.flatMap((each) => ('RangeVar' in each ? relationName(each.RangeVar) : []))
    : [];
  return [
    {
      tables,
      privileges: privilegesOf(privileges),
      roles: roleNames(grantees),
      on: spokenObjects(node.GrantStmt),
    },
  ];
}

const privilegesOf = (privileges: Node[] | undefined): Grant['privileges'] =>
  (privileges ?? [{ AccessPriv: { priv_name: 'all' } }]).flatMap((each) =>
    'AccessPriv' in each
      ? { name: each.AccessPriv.priv_name ?? 'all', columns: nameParts(each.AccessPriv.cols) }
      : [],
  );

function spokenObjects({ objects = [], targtype }: GrantStmt): string {
  const names = objects.map((each) =>
    'RangeVar' in each ? spokenName(relationName(each.RangeVar)) : spokenName(nameParts(each).join('.')),
  );
  return `${targtype === 'ACL_TARGET_ALL_IN_SCHEMA' ? 'all of ' : ''}${names.join(', ')}`;
}

const toPublic = nodeRule(
  {
    id: 'grant-to-public',
    group: 'tenancy',
    severity: 'error',
    title: 'A right is granted to PUBLIC',
    why: 'PUBLIC is every login there is and every one to come, also those that a provider or an extension creates. The policies speak to rowhouse_app alone.',
    rewrite: `GRANT SELECT ON "countries" TO rowhouse_app, rowhouse_control;`,
  },
  function* (node) {
    for (const { roles, on } of grantsOf(node))
      if (roles.includes('public')) yield { object: on, message: `Every login gets a right on ${on}` };
  },
);

const grantAll = nodeRule(
  {
    id: 'grant-all',
    group: 'tenancy',
    severity: 'warning',
    title: 'ALL privileges are granted',
    why: 'ALL holds TRUNCATE, REFERENCES and TRIGGER, which pass row security by, UPDATE of tenant_id, and whatever a later PostgreSQL adds.',
    rewrite: `GRANT SELECT, INSERT, DELETE, UPDATE ("id", "note") ON "quotes" TO rowhouse_app;`,
  },
  function* (node) {
    for (const { privileges, on, roles } of grantsOf(node))
      if (privileges.some(({ name }) => name === 'all'))
        yield { object: on, message: `${roles.join(', ')} may do everything with ${on}` };
  },
);

const pastRowSecurity = nodeRule(
  {
    id: 'grant-past-row-security',
    group: 'tenancy',
    severity: 'error',
    title: 'A right is granted that row security does not bind',
    why: 'TRUNCATE, REFERENCES and TRIGGER concern a table as a whole and are not subject to row security (PostgreSQL manual, 5.9): with TRUNCATE one tenant empties the table of all, and with REFERENCES it learns which keys exist.',
    rewrite: `GRANT SELECT, INSERT, DELETE ON "quotes" TO rowhouse_app;`,
  },
  function* (node, step) {
    for (const { tables, privileges, roles } of grantsOf(node)) {
      if (!isForTenants(roles)) continue;
      const bad = privileges.map(({ name }) => name).filter((name) => past.has(name));
      for (const table of tables)
        if (bad.length > 0 && isOfTenants(step, table))
          yield {
            object: spokenName(table),
            message: `${bad.join(', ').toUpperCase()} on ${spokenName(table)} reaches rows of every tenant`,
          };
    }
  },
);
const past = new Set(['all', 'truncate', 'references', 'trigger', 'maintain']);
const isForTenants = (roles: string[]) => roles.includes(app) || roles.includes('public');

const updateOfTenant = nodeRule(
  {
    id: 'tenant-id-updatable',
    group: 'tenancy',
    severity: 'error',
    title: 'UPDATE of tenant_id is granted',
    why: 'Whoever may write tenant_id can hand a row to another tenant; then only WITH CHECK stands in the way. Granted column by column, the right is not there at all.',
    rewrite: `GRANT UPDATE ("id", "created_at", "updated_at", "deleted_at", "note") ON "quotes" TO rowhouse_app;`,
  },
  function* (node, step) {
    for (const { tables, privileges, roles } of grantsOf(node)) {
      if (!isForTenants(roles)) continue;
      const isWide = privileges.some(
        ({ name, columns }) =>
          ['update', 'all'].includes(name) && (columns.length === 0 || columns.includes('tenant_id')),
      );
      for (const table of tables)
        if (isWide && isOfTenants(step, table))
          yield { object: spokenName(table), message: `${app} may change tenant_id of ${spokenName(table)}` };
    }
  },
);

const tenantIdMissing = nodeRule(
  {
    id: 'tenant-id-missing',
    group: 'tenancy',
    severity: 'error',
    title: 'A table without tenant_id is granted to the tenants',
    why: 'No policy can tell the rows of one tenant from those of another where no column names the tenant: every tenant sees what any of them wrote.',
    rewrite: `-- From tenantTable() in the schema; npm run db:generate writes the rest:
CREATE TABLE "quote_notes" ("tenant_id" uuid NOT NULL, "id" uuid NOT NULL, CONSTRAINT "quote_notes_pkey" PRIMARY KEY ("tenant_id", "id"));`,
  },
  function* (node, step) {
    for (const { tables, roles } of grantsOf(node)) {
      if (!roles.includes(app)) continue;
      for (const table of tables)
        if (namesTenant(step, table) === false)
          yield {
            object: spokenName(table),
            message: `${spokenName(table)} has no tenant_id and is granted to ${app}`,
          };
    }
    yield* renamedTenantId(node, step);
  },
);

function* renamedTenantId(node: Node, { newTables }: StepContext) {
  if (!('RenameStmt' in node) || node.RenameStmt.renameType !== 'OBJECT_COLUMN') return;
  const table = relationName(node.RenameStmt.relation);
  if (node.RenameStmt.subname !== 'tenant_id' || newTables.has(table)) return;
  yield { object: spokenName(table), message: `${spokenName(table)} no longer has a column tenant_id` };
}

const defaultPrivileges = nodeRule(
  {
    id: 'default-privileges',
    group: 'tenancy',
    severity: 'warning',
    title: 'Default privileges change',
    why: 'They grant rights on tables that do not exist yet: such a table is open before anybody has written its policies.',
    rewrite: `-- Grant with the table, in its own step:
GRANT SELECT, INSERT ON "quotes" TO rowhouse_app;`,
  },
  function* (node) {
    if ('AlterDefaultPrivilegesStmt' in node && node.AlterDefaultPrivilegesStmt.action?.is_grant)
      yield { message: 'Every table created later gets these rights by itself' };
  },
);

export const grantRules: readonly StatementRule[] = [
  toPublic,
  grantAll,
  pastRowSecurity,
  updateOfTenant,
  tenantIdMissing,
  defaultPrivileges,
];
