import type { Config } from '../../../config/index.js';
import { isLocalHost } from '../../../config/index.js';
import { type AuditFinding, type AuditRule, findingOf } from '../rule.js';

export const transportRule: AuditRule = {
  id: 'A27',
  severity: 'blocking',
  title: 'In production every connection to another machine is encrypted, and the server proves who it is',
  why: 'Whoever stands between could read the rows and passwords of all tenants, or answer as if it were the database.',
};

/** The configuration refuses such URLs already; this asks what the pools were really given. */
export function auditTransport({ environment, database }: Pick<Config, 'environment' | 'database'>) {
  if (environment !== 'production') return [];
  const connections = { DATABASE_URL: database.tenant, CONTROL_DATABASE_URL: database.control };
  return Object.entries(connections).flatMap(([name, { host, ssl }]): AuditFinding[] => {
    if (isLocalHost(host) || (ssl && ssl.rejectUnauthorized)) return [];
    const fault = ssl ? 'accepts any certificate' : 'connects without TLS to a host that is not local';
    return [findingOf(transportRule, name, fault, `put sslmode=verify-full into ${name}`)];
  });
}
