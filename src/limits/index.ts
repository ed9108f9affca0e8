export { LimitsModule } from './limits.module.js';
export { limitsProblems } from './limits.problems.js';
export { Refusals } from './refusals.js';
export { SignInFailures } from './sign-in-failures.js';
