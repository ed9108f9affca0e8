import type { AuditRule, CatalogueRule } from './rule.js';
import { declaredRules } from './rules/declared.js';
import { functionRules } from './rules/functions.js';
import { jsonbRules } from './rules/jsonb.js';
import { keyRules } from './rules/keys.js';
import { policyRules } from './rules/policies.js';
import { privilegeRules } from './rules/privileges.js';
import { reachRules } from './rules/reach.js';
import { roleRules } from './rules/roles.js';
import { rowSecurityRules } from './rules/row-security.js';
import { serverRules } from './rules/server.js';
import { tenantContextRules } from './rules/tenant-context.js';
import { poolRule, probeRule, transportRule } from './rules/tried.js';
import { viewRules } from './rules/views.js';

const byId = (a: AuditRule, b: AuditRule) => (a.id < b.id ? -1 : 1);

/** The rules that ask the catalogue. */
export const catalogueRules: readonly CatalogueRule[] = [
  ...serverRules,
  ...roleRules,
  ...rowSecurityRules,
  ...policyRules,
  ...tenantContextRules,
  ...keyRules,
  ...viewRules,
  ...privilegeRules,
  ...functionRules,
  ...reachRules,
  ...declaredRules,
  ...jsonbRules,
].sort(byId);

/** Every rule, by its id: those of the catalogue, and those that are tried. */
export const auditRules: readonly AuditRule[] = [...catalogueRules, transportRule, probeRule, poolRule].sort(
  byId,
);
