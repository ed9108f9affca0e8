/**
 * Every period, delay and grace of Kubernetes passes so many times faster here. What a probe may take does not: how fast a
 * process answers is not of the plan, but of the machine.
 */
export const SPEED = 10;
export const PROBE_TIMEOUT_MS = 1_000;
/** Between a pod's end, or its first readiness, and the moment all nodes know of it; in Kubernetes' time. */
export const ENDPOINTS_LAG_MS = 5_000;

export const fast = (ms: number): number => ms / SPEED;
export const fastSeconds = (seconds: number): number => fast(seconds * 1_000);
