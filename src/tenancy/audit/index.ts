/**
 * The audit without the service: commands start before the whole room has loaded. What asks the running service is
 * ServiceAudit, behind the door of the room.
 */
export { type AllowedFinding, withAllowed } from './allowed.js';
export {
  type AuditOptions,
  auditIsolation,
  inWords as auditFindingInWords,
  isAboutTheCode,
  isBlocking as isBlockingFinding,
  isolationInvariants,
} from './isolation-audit.js';
export { probeIsolation } from './live/walls-probe.js';
export type { AuditFinding, AuditSeverity } from './rule.js';
export { auditRules } from './rules.js';
