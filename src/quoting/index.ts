export { catalogueProblems } from './catalogue.problems.js';
export { QuotingModule } from './quoting.module.js';
export { quotingProblems } from './quoting.problems.js';
