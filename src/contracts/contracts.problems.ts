import { defineProblem } from '../http/index.js';
import type { FixtureStatus } from './fixtures/fixture-states.js';
import type { DocumentProblem } from './specs/document/problems.js';
import type { Difference } from './specs/structural-difference.js';
import type { Violation } from './specs/violation.js';

const MAX_NAMED = 20;

export const contractsProblems = {
  serviceNotFound: defineProblem(
    404,
    'SERVICE_NOT_FOUND',
    'Service not found',
    (name: string) => `This tenant has no service "${name}".`,
  ),
  serviceInUse: defineProblem(
    409,
    'SERVICE_IN_USE',
    'Service is in use',
    (name: string, environments: string[]) =>
      `The service "${name}" is deployed to ${environments.join(', ')}; undeploy it first.`,
  ),
  repositoryUnknown: defineProblem(
    422,
    'REPOSITORY_UNKNOWN',
    'Repository is not known',
    (name: string) => `No GitHub installation that this tenant has connected has a repository "${name}".`,
  ),
  versionNotFound: defineProblem(
    404,
    'VERSION_NOT_FOUND',
    'Version not found',
    ({ service, version }: { service: string; version: string }) =>
      `The service "${service}" has no version "${version}"; register it, or record something of it, first.`,
  ),
  environmentNotFound: defineProblem(
    404,
    'ENVIRONMENT_NOT_FOUND',
    'Environment not found',
    (name: string) => `This tenant has no environment "${name}".`,
  ),
  environmentExists: defineProblem(
    409,
    'ENVIRONMENT_EXISTS',
    'Environment exists',
    (name: string) => `This tenant has an environment "${name}" already.`,
  ),
  environmentInUse: defineProblem(
    409,
    'ENVIRONMENT_IN_USE',
    'Environment is in use',
    (name: string) => `Services are deployed to "${name}"; undeploy them first.`,
  ),
  deploymentNotFound: defineProblem(
    404,
    'DEPLOYMENT_NOT_FOUND',
    'Deployment not found',
    () => 'This tenant has no such deployment.',
  ),
  taskNotFound: defineProblem(
    404,
    'VERIFICATION_TASK_NOT_FOUND',
    'Verification task not found',
    () => 'This tenant has no such verification task.',
  ),
  providerVersionMismatch: defineProblem(
    422,
    'PROVIDER_VERSION_MISMATCH',
    'Another version was verified',
    ({ task, given }: { task: string; given: string }) =>
      `The task is for version "${task}" of the provider; results of "${given}" belong to another task.`,
  ),
  resultsEmpty: defineProblem(
    422,
    'RESULTS_EMPTY',
    'No results',
    () => 'A verification without a result says nothing; send one per interaction of the task.',
  ),
  interactionNotOfTask: defineProblem(
    422,
    'INTERACTION_NOT_OF_TASK',
    'Interaction is not part of the task',
    (ids: string[]) => `These interactions are not part of the task: ${ids.slice(0, MAX_NAMED).join(', ')}.`,
  ),
  interactionNotFound: defineProblem(
    404,
    'INTERACTION_NOT_FOUND',
    'Interaction not found',
    () => 'This tenant has no such interaction.',
  ),
  interactionViolatesSpec: defineProblem(
    422,
    'INTERACTION_VIOLATES_SPEC',
    'Interaction contradicts the specification',
    (violations: Violation[]) => violations.map(({ path, message }) => `${path}: ${message}`).join('; '),
    (violations) => ({ errors: violations }),
  ),
  specNotFound: defineProblem(
    404,
    'SPEC_NOT_FOUND',
    'Specification not found',
    (service: string) => `The service "${service}" has no specification there.`,
  ),
  specInvalid: defineProblem(
    422,
    'SPEC_INVALID',
    'Specification is not valid',
    (problems: DocumentProblem[]) => problems.map(({ path, message }) => `${path}: ${message}`).join('; '),
    (problems) => ({ errors: problems }),
  ),
  specExists: defineProblem(
    409,
    'SPEC_EXISTS',
    'Another specification is there',
    (_differences: Difference[]) =>
      'This version, branch and environment has another specification; to replace it, send `replace=true`.',
    (differences) => ({
      errors: differences.map(({ path, kind, before, after }) => ({
        path,
        code: kind,
        message: [before && `was ${before}`, after && `is ${after}`].filter(Boolean).join(', '),
      })),
    }),
  ),
  fixtureNotFound: defineProblem(
    404,
    'FIXTURE_NOT_FOUND',
    'Fixture not found',
    () => 'This tenant has no such fixture.',
  ),
  fixtureExists: defineProblem(
    409,
    'FIXTURE_EXISTS',
    'Fixture exists',
    () => 'Another fixture of this service, version, operation and source holds the same data.',
  ),
  fixtureState: defineProblem(
    409,
    'FIXTURE_STATE',
    'Not possible in this state',
    (action: string, status: FixtureStatus) =>
      `A fixture that is ${status} cannot be changed by "${action}".`,
  ),
};
