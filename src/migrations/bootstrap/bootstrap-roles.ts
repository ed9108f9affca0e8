import { escapeLiteral, type Client } from 'pg';
import { attempt } from './attempt.js';
import { scramVerifier } from './scram.js';

/** The passwords of the three logins: printable ASCII, chosen by the caller. */
export interface RolePasswords {
  migrator: string;
  app: string;
  control: string;
}

const logins = { migrator: 'rowhouse_migrator', app: 'rowhouse_app', control: 'rowhouse_control' } as const;
// Any number of databases may be bootstrapped at once; PostgreSQL answers parallel ALTER ROLE with an error.
const lockKey = 7_602_101;

/**
 * Creates the owner and the three logins of the cluster, or brings existing ones to exactly these attributes and
 * passwords. Idempotent, one transaction, PostgreSQL 15 to 18; the admin needs CREATEROLE, better superuser.
 * @returns warnings: what the admin was not allowed to do, in words.
 */
export async function bootstrapRoles(admin: Client, passwords: RolePasswords): Promise<string[]> {
  const warnings: string[] = [];
  await admin.query('BEGIN');
  try {
    await admin.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    await ensureRole(admin, 'rowhouse_owner', { rolcanlogin: false, rolbypassrls: false }, warnings);
    for (const key of ['migrator', 'app', 'control'] as const) {
      const role = logins[key];
      await ensureRole(admin, role, { rolcanlogin: true, rolbypassrls: key === 'migrator' }, warnings);
      await admin.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(scramVerifier(passwords[key]))}`);
    }
    for (const role of [logins.app, logins.control]) await noticeLostClients(admin, role, warnings);
    const { rows } = await admin.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    const options = (rows[0]?.version ?? 0) >= 160_000 ? ' WITH INHERIT TRUE, SET TRUE' : '';
    await admin.query(`GRANT rowhouse_owner TO rowhouse_migrator${options}`);
    // To name what a session that blocks a migration is doing; without it the message only knows its pid and application.
    await attempt(admin, 'GRANT pg_read_all_stats TO rowhouse_migrator');
    await admin.query('COMMIT');
  } catch (error) {
    await admin.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  return warnings;
}

/**
 * PostgreSQL asks during long statements whether their client is still there: those of a service that was killed, or
 * that a lost cancel request was for, end. Kept in the role, since poolers refuse unknown settings of a session.
 */
async function noticeLostClients(admin: Client, role: string, warnings: string[]): Promise<void> {
  const problem = await attempt(admin, `ALTER ROLE ${role} SET client_connection_check_interval = '2s'`);
  if (problem) warnings.push(`Statements of ${role} go on after its client is lost: ${problem}`);
}

const clauses = {
  rolcanlogin: 'LOGIN',
  rolbypassrls: 'BYPASSRLS',
  rolsuper: 'SUPERUSER',
  rolcreatedb: 'CREATEDB',
  rolcreaterole: 'CREATEROLE',
  rolreplication: 'REPLICATION',
  rolinherit: 'INHERIT',
} as const;
/** What it means for those who go on without it. */
const CONSEQUENCES: Record<string, string> = {
  BYPASSRLS:
    '. Migrations lift FORCE ROW LEVEL SECURITY inside their transaction where a statement needs it (docs/hosted-postgresql.md)',
};
type Attributes = Record<keyof typeof clauses, boolean>;

async function ensureRole(
  admin: Client,
  role: string,
  { rolcanlogin, rolbypassrls }: Pick<Attributes, 'rolcanlogin' | 'rolbypassrls'>,
  warnings: string[],
): Promise<void> {
  const wanted: Attributes = {
    rolcanlogin,
    rolbypassrls,
    rolsuper: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolreplication: false,
    rolinherit: true,
  };
  const read = `SELECT ${Object.keys(clauses).join(', ')} FROM pg_roles WHERE rolname = $1`;
  if ((await admin.query(read, [role])).rowCount === 0) await admin.query(`CREATE ROLE ${role}`);
  const actual = (await admin.query<Attributes>(read, [role])).rows[0];
  for (const name of Object.keys(clauses) as (keyof Attributes)[]) {
    // Only what differs: a hosted admin may not even say NOSUPERUSER about a role that is none.
    if (actual?.[name] === wanted[name]) continue;
    const clause = (wanted[name] ? '' : 'NO') + clauses[name];
    const problem = await attempt(admin, `ALTER ROLE ${role} ${clause}`);
    if (problem)
      warnings.push(`${role} could not be made ${clause}: ${problem}${CONSEQUENCES[clause] ?? ''}`);
  }
}
