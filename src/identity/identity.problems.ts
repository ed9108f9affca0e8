import { defineProblem } from '../http/index.js';

const challenge = (error?: string) => ({
  headers: { 'www-authenticate': `Bearer realm="rowhouse"${error ? `, error="${error}"` : ''}` },
});

export const identityProblems = {
  credentialMissing: defineProblem(
    401,
    'CREDENTIAL_MISSING',
    'Credential missing',
    () => 'Send `Authorization: Bearer <API key>`.',
    () => challenge(),
  ),
  credentialInvalid: defineProblem(
    401,
    'CREDENTIAL_INVALID',
    'Credential not valid',
    () => 'The API key is unknown, revoked or malformed.',
    () => challenge('invalid_token'),
  ),
  credentialExpired: defineProblem(
    401,
    'CREDENTIAL_EXPIRED',
    'Credential expired',
    () => 'The API key has expired; use a new one.',
    () => challenge('invalid_token'),
  ),
  scopeMissing: defineProblem(
    403,
    'SCOPE_MISSING',
    'Scope missing',
    (scope: string) => `This needs the scope "${scope}", which the credential does not hold.`,
  ),
  scopeNotHeld: defineProblem(
    403,
    'SCOPE_NOT_HELD',
    'Scope not held',
    (scopes: string[]) =>
      `A key can only be given scopes that its maker holds; missing: ${scopes.join(', ')}.`,
  ),
  apiKeyNotFound: defineProblem(
    404,
    'API_KEY_NOT_FOUND',
    'API key not found',
    () => 'This tenant has no such API key.',
  ),
  apiKeyRevoked: defineProblem(
    409,
    'API_KEY_REVOKED',
    'API key is revoked',
    () => 'A revoked key cannot be rotated; make a new one.',
  ),
};
