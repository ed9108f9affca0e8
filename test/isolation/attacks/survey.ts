import type { AttackedDatabase } from './attacked-database.js';
import { grantsOf, looseReferences, rolesWithTenants } from './catalogue.js';
import { runMatrix } from './matrix.js';
import type { PlanMode } from './session.js';

/** Who may reach tables of tenants at all; a third role says here what it is for, and gets a matrix. */
export const KNOWN_ROLES = ['rowhouse_app', 'rowhouse_control'];

/** What the control plane does for all tenants; whoever grants it more says so here. */
export const CONTROL_GRANTS: Record<string, string> = {
  api_keys: 'SELECT, INSERT, UPDATE (last_used_at, updated_at)',
  audit_log: 'INSERT',
  github_bindings: 'SELECT, INSERT, DELETE',
  external_organizations: 'SELECT, INSERT, UPDATE, DELETE',
  idempotency_keys: 'SELECT, INSERT, UPDATE (answer, created_at, fingerprint, updated_at), DELETE',
  invitations: 'SELECT, UPDATE (accepted_by, status, updated_at)',
  mail_outbox: 'SELECT, UPDATE (attempts, content, last_error, next_attempt_at, sent_at, status, updated_at)',
  memberships: 'SELECT, INSERT',
  tenant_domains: 'SELECT, INSERT, UPDATE',
  tenant_features: 'SELECT, INSERT, UPDATE, DELETE',
};

/** Ids that no foreign key checks, each with its reason. */
export const LOOSE_REFERENCES: Record<string, string> = {
  'approval_requests.subject_id': 'of one table or another, as the type says; read through that table only',
  'approval_requests.approver_id': 'a member, when somebody was asked; may have left since',
  'invitations.accepted_by': 'a person, who is nobody’s',
  'projects.owner_id': 'a member, when it was written; may have left since',
  'quote_versions.customer_id': 'what the quote said then',
  'quote_versions.project_id': 'what the quote said then',
  'quote_line_versions.line_id': 'a line that may be gone since',
  'quote_line_versions.service_category_id': 'what the line said then',
  'quote_line_versions.rate_card_item_id': 'what the line said then',
  'verification_results.provider_id': 'a copy of what its task refers to',
  'verification_results.consumer_id': 'a copy of what its task refers to',
  'verification_results.environment_id': 'a copy of what its task refers to',
};

/** Everything that the catalogue-derived attacks have to say of a database, in words; nothing where all walls stand. */
export async function survey(
  { asAdmin, street, service, control }: AttackedDatabase,
  mode: PlanMode,
): Promise<string[]> {
  const strangers = (await rolesWithTenants(asAdmin)).filter((role) => !KNOWN_ROLES.includes(role));
  const grants = Object.entries(await grantsOf(asAdmin, control.name));
  const loose = looseReferences(street.tables).filter((name) => !(name in LOOSE_REFERENCES));
  const matrices = [
    await runMatrix(asAdmin, street, service, mode),
    await runMatrix(asAdmin, street, control, mode),
  ];
  return [
    ...strangers.map((role) => `${role} may reach tables of tenants`),
    ...grants
      .filter(([table, words]) => CONTROL_GRANTS[table] !== words)
      .map(([table, words]) => `the control plane may ${words} on ${table}`),
    ...loose.map((name) => `${name} has no foreign key`),
    ...matrices
      .flatMap(({ deviations }) => deviations)
      .map(({ attack, expected, answered }) => `${attack}: ${answered}, not ${expected}`),
  ];
}
