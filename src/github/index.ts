export { GithubModule } from './github.module.js';
export { githubProblems } from './github.problems.js';
