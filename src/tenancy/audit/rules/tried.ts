import type { AuditRule } from '../rule.js';

export const transportRule: AuditRule = {
  id: 'A27',
  severity: 'blocking',
  title: 'In production every connection to another machine is encrypted, and the server proves who it is',
  why: 'Whoever stands between could read the rows and passwords of all tenants, or answer as if it were the database.',
};

export const probeRule: AuditRule = {
  id: 'A28',
  severity: 'blocking',
  title: 'The walls hold when the login of the service pushes against them',
  why: 'What the catalogue says is a promise; this is what a tenant would get.',
};

export const poolRule: AuditRule = {
  id: 'A29',
  severity: 'blocking',
  title: 'A connection that comes back from a transaction is idle, and knows no tenant',
  why: 'Else the next request continues the transaction of another tenant, or reads with its context.',
};
