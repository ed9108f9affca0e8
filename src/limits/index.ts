export { LimitsModule } from './limits.module.js';
export { limitsProblems } from './limits.problems.js';
export { LimitVisitors } from './rate-limit.guard.js';
export { Refusals } from './refusals.js';
export { SignInFailures } from './sign-in-failures.js';
