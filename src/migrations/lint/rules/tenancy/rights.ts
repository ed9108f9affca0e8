import type { Node, VariableSetStmt } from 'libpg-query';
import { nameParts, relationName, spokenName } from '../../../sql/names.js';
import type { StatementRule } from '../../rule.js';
import { hasOption, nodeRule, tableChanges } from '../node-rule.js';
import { settingsOf } from '../settings.js';
import { roleNames } from './policy.js';

const definer = nodeRule(
  {
    id: 'security-definer-search-path',
    group: 'tenancy',
    severity: 'error',
    title: 'A SECURITY DEFINER function does not pin its search_path',
    why: 'It runs with the rights of its owner, and finds tables and functions along the path of the caller, who can put one of his own first.',
    rewrite: `CREATE FUNCTION next_number() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ SELECT nextval('public.numbers') $$;`,
  },
  function* (node) {
    if ('CreateFunctionStmt' in node) {
      const { funcname, options } = node.CreateFunctionStmt;
      if (hasOption(options, 'security') && !functionSettings(options).some(pinsPath))
        yield unpinned(spokenName(nameParts(funcname).join('.')));
    }
    if ('AlterFunctionStmt' in node) {
      const { func, actions } = node.AlterFunctionStmt;
      const settings = functionSettings(actions);
      const isReset = settings.some(
        ({ kind, name }) => kind === 'VAR_RESET_ALL' || (kind === 'VAR_RESET' && name === path),
      );
      if (isReset || (hasOption(actions, 'security') && !settings.some(pinsPath)))
        yield unpinned(spokenName(nameParts(func?.objname).join('.')));
    }
  },
);

const path = 'search_path';
const pinsPath = ({ kind, name }: VariableSetStmt) => kind === 'VAR_SET_VALUE' && name === path;
const unpinned = (name: string) => ({
  object: name,
  message: `${name} runs as its owner along the caller's search_path`,
});

const functionSettings = (options: Node[] | undefined): VariableSetStmt[] =>
  (options ?? []).flatMap((each) =>
    'DefElem' in each &&
    each.DefElem.defname === 'set' &&
    each.DefElem.arg &&
    'VariableSetStmt' in each.DefElem.arg
      ? each.DefElem.arg.VariableSetStmt
      : [],
  );

const bypass = nodeRule(
  {
    id: 'role-bypasses-row-security',
    group: 'tenancy',
    severity: 'critical',
    title: 'A role gets past row security',
    why: 'No policy binds BYPASSRLS or SUPERUSER, and a member of the owner, of the migrator or of a role that reads all data has the same. Roles belong to the whole server, and are made by db:bootstrap.',
    rewrite: `npm run db:bootstrap`,
  },
  function* (node) {
    if ('CreateRoleStmt' in node) yield* powers(node.CreateRoleStmt.role ?? '', node.CreateRoleStmt.options);
    if ('AlterRoleStmt' in node)
      yield* powers(node.AlterRoleStmt.role?.rolename ?? '', node.AlterRoleStmt.options);
    if (!('GrantRoleStmt' in node) || !node.GrantRoleStmt.is_grant) return;
    for (const each of node.GrantRoleStmt.granted_roles ?? []) {
      const granted = 'AccessPriv' in each ? (each.AccessPriv.priv_name ?? '') : '';
      if (!powerful.test(granted)) continue;
      for (const role of roleNames(node.GrantRoleStmt.grantee_roles))
        yield { object: role, message: `${role} becomes a member of ${granted}` };
    }
  },
);

const powerful =
  /^(rowhouse_owner|rowhouse_migrator|pg_read_all_data|pg_write_all_data|pg_execute_server_program|pg_(read|write)_server_files|pg_maintain|postgres)$/;

function* powers(role: string, options: Node[] | undefined) {
  for (const power of ['bypassrls', 'superuser'])
    if (hasOption(options, power)) yield { object: role, message: `${role} becomes ${power.toUpperCase()}` };
}

const owner = nodeRule(
  {
    id: 'owner-change',
    group: 'tenancy',
    severity: 'warning',
    title: 'An object changes its owner',
    why: 'The owner decides what views and SECURITY DEFINER functions see, and can lift row security. Everything a step creates is handed to rowhouse_owner by the migrator itself.',
    rewrite: `ALTER TABLE "quotes" OWNER TO rowhouse_owner;`,
  },
  function* (node) {
    const change = newOwner(node);
    if (change && change.to !== 'rowhouse_owner')
      yield { object: change.object, message: `${change.object} will belong to ${change.to}` };
  },
);

function newOwner(node: Node): { object: string; to: string } | undefined {
  if ('AlterTableStmt' in node) {
    const object = spokenName(relationName(node.AlterTableStmt.relation));
    for (const each of node.AlterTableStmt.cmds ?? [])
      if ('AlterTableCmd' in each && each.AlterTableCmd.subtype === 'AT_ChangeOwner')
        return { object, to: each.AlterTableCmd.newowner?.rolename ?? 'the current role' };
  }
  if ('AlterOwnerStmt' in node) {
    const { object, newowner } = node.AlterOwnerStmt;
    return { object: spokenName(nameParts(object).join('.')), to: newowner?.rolename ?? 'the current role' };
  }
  if (!('ReassignOwnedStmt' in node)) return undefined;
  const { roles, newrole } = node.ReassignOwnedStmt;
  return { object: `all of ${roleNames(roles).join(', ')}`, to: newrole?.rolename ?? 'the current role' };
}

const triggers = nodeRule(
  {
    id: 'triggers-disabled',
    group: 'tenancy',
    severity: 'error',
    title: 'Triggers are switched off',
    why: 'Foreign keys are triggers, too: what is written meanwhile is checked by nobody, then or later, and no cache hears of it.',
    rewrite: `-- Let them run, in smaller portions:
-- rowhouse:data
UPDATE "quotes" SET "currency" = 'EUR' WHERE "currency" IS NULL AND "id" < '80000000-0000-0000-0000-000000000000';`,
  },
  function* (node, step) {
    for (const { subtype, table, name } of tableChanges(node))
      if (subtype?.startsWith('AT_DisableTrig') && !step.newTables.has(table))
        yield {
          object: spokenName(table),
          message: `${name ?? 'All triggers'} of ${spokenName(table)} no longer run`,
        };
    if (
      'VariableSetStmt' in node &&
      node.VariableSetStmt.name === 'session_replication_role' &&
      node.VariableSetStmt.kind === 'VAR_SET_VALUE'
    )
      yield {
        object: 'session_replication_role',
        message: 'session_replication_role decides whether any trigger runs',
      };
  },
);

const silentSession = nodeRule(
  {
    id: 'row-security-silenced',
    group: 'tenancy',
    severity: 'error',
    title: 'The step leaves the session that sees every row or fails',
    why: 'Steps run with row_security = off as a login that bypasses it. As another role, or with row_security on, a foreign key is validated over rows it does not see and a backfill changes none of them, both without an error (measured by npm run test:locks).',
    rewrite: `-- Nothing: the migrator hands what a step creates to rowhouse_owner by itself.
SET LOCAL row_security = off;`,
  },
  function* (node) {
    for (const { name, value } of settingsOf(node)) {
      const isOn = name === 'row_security' && !/^(off|false|no|0)$/i.test(value ?? '');
      const isOther = ['role', 'session_authorization'].includes(name) && value !== undefined;
      if (isOn)
        yield {
          object: name,
          message: 'With row_security on, rows that are not seen are passed over in silence',
        };
      if (isOther) yield { object: name, message: `${value} may not see every row, and is not told` };
    }
  },
);

export const rightRules: readonly StatementRule[] = [definer, bypass, owner, triggers, silentSession];
