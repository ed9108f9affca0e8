import type { AllowedFinding } from './tenancy/audit/index.js';

/** Findings of the audit that do not count for a while. Each needs its reason and its last day; see docs/audit.md. */
export const allowedFindings: readonly AllowedFinding[] = [];
