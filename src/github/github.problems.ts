import { defineProblem } from '../http/index.js';

/** Of what this room refuses; those of GitHub itself say so. */
export const githubProblems = {
  notConfigured: defineProblem(
    503,
    'GITHUB_NOT_CONFIGURED',
    'GitHub is not set up',
    () => 'The operators of this service have not set up a GitHub App.',
  ),
  headersMissing: defineProblem(
    400,
    'GITHUB_HEADERS_MISSING',
    'Headers of the webhook are missing',
    (names: string[]) =>
      `A webhook of GitHub brings these headers, which are missing or too long: ${names.join(', ')}.`,
  ),
  signatureInvalid: defineProblem(
    401,
    'GITHUB_SIGNATURE_INVALID',
    'Signature is not valid',
    () => 'The header `X-Hub-Signature-256` does not sign these bytes with a secret of ours.',
  ),
  deliveryConflict: defineProblem(
    409,
    'GITHUB_DELIVERY_CONFLICT',
    'Another delivery has this id',
    () => 'A delivery of this id came before, with other bytes. This one is not kept.',
  ),
  deliveryNotFound: defineProblem(
    404,
    'GITHUB_DELIVERY_NOT_FOUND',
    'Delivery not found',
    () => 'There is no such delivery.',
  ),
  installationNotFound: defineProblem(
    404,
    'INSTALLATION_NOT_FOUND',
    'Installation not found',
    () => 'This tenant has no such installation.',
  ),
  installationPending: defineProblem(
    409,
    'INSTALLATION_PENDING',
    'Installation is not there yet',
    () => 'An owner of the account has not granted the request yet; there is nothing to ask GitHub for.',
  ),
  installationGone: defineProblem(
    409,
    'INSTALLATION_GONE',
    'Installation is gone',
    () => 'The App was uninstalled from this account. What was known of it is kept; connect it anew.',
  ),
  stateInvalid: defineProblem(
    400,
    'GITHUB_STATE_INVALID',
    'State is not valid',
    () => 'The `state` was not begun by you in this tenant, is over, or was used before. Begin anew.',
  ),
  codeMissing: defineProblem(
    400,
    'GITHUB_CODE_MISSING',
    'Code is missing',
    () =>
      'GitHub sent no `code`, by which it could be asked what you may do. The App must "Request user authorization (OAuth) during installation".',
  ),
  installationMissing: defineProblem(
    400,
    'GITHUB_INSTALLATION_MISSING',
    'Installation is missing',
    () => 'GitHub named no `installation_id`, which only a request to somebody else leaves out.',
  ),
  codeRefused: defineProblem(
    403,
    'GITHUB_CODE_REFUSED',
    'GitHub does not know you',
    () => 'GitHub refuses the `code`: it is over, was used before, or is not for this App. Begin anew.',
  ),
  installationForbidden: defineProblem(
    403,
    'INSTALLATION_FORBIDDEN',
    'Installation is not yours',
    () => 'GitHub does not count this installation among yours, or there is none.',
  ),
  installationTaken: defineProblem(
    409,
    'INSTALLATION_TAKEN',
    'Installation is taken',
    () => 'Another tenant has connected this installation; it must disconnect it first.',
  ),
  unavailable: defineProblem(
    503,
    'GITHUB_UNAVAILABLE',
    'GitHub is not available',
    (_retryAfterSeconds: number) =>
      'GitHub gave no answer in time, or failed. Nothing was changed; try again.',
    (retryAfterSeconds) => ({ headers: { 'retry-after': String(retryAfterSeconds) } }),
  ),
  limited: defineProblem(
    503,
    'GITHUB_LIMITED',
    'GitHub asks for patience',
    (retryAfterSeconds: number) =>
      `GitHub takes no more requests of this App for now. Nothing was changed; try again after ${retryAfterSeconds} s.`,
    (retryAfterSeconds) => ({ headers: { 'retry-after': String(retryAfterSeconds) } }),
  ),
  appRefused: defineProblem(
    503,
    'GITHUB_APP_REFUSED',
    'GitHub refuses the App',
    () => 'GitHub does not take the credentials of our App. The operators have been told.',
  ),
};
