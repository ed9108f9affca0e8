import { catalogueRules } from './isolation-audit.js';
import { poolRule } from './live/pool-self-test.js';
import { transportRule } from './live/transport.js';
import { probeRule } from './live/walls-probe.js';
import type { AuditRule } from './rule.js';

/** Every rule, by its id: those of the catalogue, and those that are tried. */
export const auditRules: readonly AuditRule[] = [...catalogueRules, transportRule, probeRule, poolRule].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);
