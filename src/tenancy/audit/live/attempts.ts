import { randomUUID } from 'node:crypto';
import { SYSTEM_TENANT_ID } from '../../../database/schema.js';

/** A table that the login has some privilege on. */
export interface ProbedTable {
  /** As SQL names it. */
  name: string;
  canSelect: boolean;
  canInsert: boolean;
}

/** Something that a wall must answer with a refusal (42501), or with no rows. */
export interface Attempt {
  object: string;
  /** Statements of one message; the result of the last counts. */
  sql: string;
  expected: 'refused' | 'no rows';
  /** What is wrong where it is not: goes on after the object. */
  fault: string;
  remedy: string;
}

const inContext = (tenantId: string) => `SET LOCAL app.tenant_id = '${tenantId}'`;

/** Two tenants that exist nowhere: they must see nothing, and may write nothing for each other. */
const [someone, other] = [randomUUID(), randomUUID()];

/** Of the statements that this process prepares: behind a pooler others may have prepared theirs on the same session. */
export const PREPARED = `rowhouse_audit_${randomUUID().slice(0, 8)}`;

/** The login's own: what it must not become, and whether a plan keeps the tenant it was made for. */
export const attemptsOfLogin: Attempt[] = [
  ...['rowhouse_owner', 'rowhouse_migrator'].map((role): Attempt => ({
    object: role,
    sql: `SET LOCAL ROLE ${role}`,
    expected: 'refused',
    fault: 'is a role that the service may take',
    remedy: `DO $$ BEGIN EXECUTE format('REVOKE ${role} FROM %I', session_user); END $$`,
  })),
  {
    object: 'current_tenant_id()',
    sql: `${inContext(someone)}; SET LOCAL plan_cache_mode = force_generic_plan;
      PREPARE ${PREPARED} AS SELECT WHERE current_tenant_id() <> '${other}';
      EXECUTE ${PREPARED}; ${inContext(other)}; EXECUTE ${PREPARED}`,
    expected: 'no rows',
    fault: 'answers with the tenant that a plan was made for, not with the one that asks',
    remedy: 'ALTER FUNCTION current_tenant_id() STABLE',
  },
];

export function attemptsOf({ name, canSelect, canInsert }: ProbedTable, index: number): Attempt[] {
  const close = `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; see A05 to A09 of npm run db:audit`;
  const wall = (sql: string, expected: Attempt['expected'], fault: string, remedy = close): Attempt => ({
    object: name,
    sql,
    expected,
    fault,
    remedy,
  });
  const read = `SELECT 1 FROM ${name} LIMIT 1`;
  const plan = `${PREPARED}_${index}`;
  const reads = [
    wall(`SET LOCAL app.tenant_id TO DEFAULT; ${read}`, 'refused', 'can be read without a tenant'),
    wall(`${inContext(someone)}; ${read}`, 'no rows', 'shows rows to a tenant that has none'),
    wall(
      `${inContext(someone)}; SET LOCAL row_security = off; ${read}`,
      'refused',
      'can be read with row_security off',
    ),
    // The system tenant has rows in some tables: a plan that kept it would show them to the second tenant.
    wall(
      `${inContext(SYSTEM_TENANT_ID)}; SET LOCAL plan_cache_mode = force_generic_plan;
       PREPARE ${plan} AS ${read}; EXECUTE ${plan}; ${inContext(someone)}; EXECUTE ${plan}`,
      'no rows',
      'shows rows of the tenant that a generic plan was made for to the next',
    ),
  ];
  const writes = [
    wall(
      `${inContext(someone)}; INSERT INTO ${name} (tenant_id) VALUES ('${other}')`,
      'refused',
      'takes a row for another tenant',
    ),
  ];
  const move = wall(
    `${inContext(someone)}; UPDATE ${name} SET tenant_id = '${other}'`,
    'refused',
    'lets a row be handed to another tenant',
    `REVOKE UPDATE, UPDATE (tenant_id) ON ${name} FROM PUBLIC, rowhouse_app`,
  );
  return [...(canSelect ? reads : []), ...(canInsert ? writes : []), move];
}
