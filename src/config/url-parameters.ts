const SUPPORTED = ['sslmode', 'sslrootcert', 'channel_binding', 'application_name', 'host', 'port'] as const;

// Known elsewhere, refused here: dropping them in silence would change what their author meant. Only names in this
// list are ever printed, since an unknown name may be the rest of a password with a "?" in it.
const ELSEWHERE: Record<string, string> = {
  user: 'write it before the host, as in postgres://user@host',
  password: 'write it before the host, as in postgres://user:password@host',
  dbname: 'write it after the host, as in postgres://user@host/database',
  ssl: 'use sslmode=verify-full',
  sslcert: 'client certificates are not supported',
  sslkey: 'client certificates are not supported',
  sslnegotiation: 'remove it',
  uselibpqcompat: 'remove it; sslmode is read as verify-full',
  connect_timeout: 'use DATABASE_CONNECTION_TIMEOUT_MS',
  statement_timeout: 'use DATABASE_STATEMENT_TIMEOUT_MS',
  connection_limit: 'use DATABASE_POOL_MAX',
  pool_timeout: 'use DATABASE_CONNECTION_TIMEOUT_MS',
  pgbouncer: 'use DATABASE_PREPARED_STATEMENTS=false',
  options: 'remove it; session settings have variables of their own',
  schema: 'remove it; Rowhouse chooses the schema',
  target_session_attrs: 'remove it; give the address of the primary',
};

export type UrlParameters = Partial<Record<(typeof SUPPORTED)[number], string>>;

/** The parameters behind the `?` of a database URL; one given twice is refused, since readers disagree on which counts. */
export function readParameters(query: string): { parameters: UrlParameters; problems: string[] } {
  const given = new URLSearchParams(query);
  const parameters: UrlParameters = {};
  const problems = new Set<string>();
  for (const [name, value] of given) {
    const supported = SUPPORTED.find((known) => known === name);
    if (supported === undefined) problems.add(refusalOf(name));
    else if (given.getAll(name).length > 1) problems.add(`has the parameter ${name} more than once`);
    else if (value === '') problems.add(`has the parameter ${name} without a value`);
    else parameters[supported] = value;
  }
  return { parameters, problems: [...problems] };
}

function refusalOf(name: string): string {
  const remedy = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
  if (remedy !== undefined) return `has the parameter ${name}, which is not supported: ${remedy}`;
  return `has an unknown parameter; supported are ${SUPPORTED.join(', ')} (a "?" in a password is written %3F)`;
}
