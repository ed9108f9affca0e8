import { type Config, isLocalHost } from '../../../config/index.js';
import { type AuditFinding, findingOf } from '../rule.js';
import { transportRule } from '../rules/tried.js';

/** The configuration refuses such URLs already; this asks what the pools were really given. */
export function auditTransport({ environment, database }: Pick<Config, 'environment' | 'database'>) {
  if (environment !== 'production') return [];
  const connections = {
    DATABASE_URL: database.tenant,
    CONTROL_DATABASE_URL: database.control,
    ...(database.listener !== database.control && { LISTEN_DATABASE_URL: database.listener }),
  };
  return Object.entries(connections).flatMap(([name, { host, ssl }]): AuditFinding[] => {
    if (isLocalHost(host) || (ssl && ssl.rejectUnauthorized)) return [];
    const fault = ssl ? 'accepts any certificate' : 'connects without TLS to a host that is not local';
    return [findingOf(transportRule, name, fault, `put sslmode=verify-full into ${name}`)];
  });
}
