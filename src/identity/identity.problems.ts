import { defineProblem } from '../http/index.js';

const challenge = (error?: string) => ({
  headers: { 'www-authenticate': `Bearer realm="rowhouse"${error ? `, error="${error}"` : ''}` },
});

export const identityProblems = {
  credentialMissing: defineProblem(
    401,
    'CREDENTIAL_MISSING',
    'Credential missing',
    () => 'Send `Authorization: Bearer <API key or token>`.',
    () => challenge(),
  ),
  credentialInvalid: defineProblem(
    401,
    'CREDENTIAL_INVALID',
    'Credential not valid',
    () => 'The API key or token is unknown, revoked, malformed or not for this service.',
    () => challenge('invalid_token'),
  ),
  credentialExpired: defineProblem(
    401,
    'CREDENTIAL_EXPIRED',
    'Credential expired',
    () => 'The API key or token has expired; use a new one.',
    () => challenge('invalid_token'),
  ),
  identityProviderUnavailable: defineProblem(
    503,
    'IDENTITY_PROVIDER_UNAVAILABLE',
    'Identity provider is not available',
    () => 'The keys of the token issuer cannot be fetched at the moment; try again.',
    () => ({ headers: { 'retry-after': '30' } }),
  ),
  tenantRequired: defineProblem(
    400,
    'TENANT_REQUIRED',
    'Tenant required',
    () => 'You are a member of several tenants: name one by its slug or id in the header `X-Tenant`.',
  ),
  notAMember: defineProblem(
    403,
    'NOT_A_MEMBER',
    'Not a member',
    () => 'You are signed in, but not a member of any tenant. Accept an invitation first.',
  ),
  personRequired: defineProblem(
    403,
    'PERSON_REQUIRED',
    'Person required',
    () => 'An API key cannot do this: sign in with a token of an identity provider.',
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
      `A key can only be made or rotated by who holds all of its scopes; missing: ${scopes.join(', ')}.`,
  ),
  memberNotFound: defineProblem(
    404,
    'MEMBER_NOT_FOUND',
    'Member not found',
    () => 'This tenant has no such member.',
  ),
  lastOwner: defineProblem(
    409,
    'LAST_OWNER',
    'Last owner',
    () => 'A tenant is never without an owner: make another member owner first.',
  ),
  alreadyMember: defineProblem(
    409,
    'ALREADY_MEMBER',
    'Already a member',
    () => 'This person is a member of the tenant already.',
  ),
  invitationNotFound: defineProblem(
    404,
    'INVITATION_NOT_FOUND',
    'Invitation not found',
    () => 'There is no such invitation, or it is not open any more.',
  ),
  invitationExists: defineProblem(
    409,
    'INVITATION_EXISTS',
    'Invitation exists',
    () => 'An invitation of this address is open already: resend or revoke it.',
  ),
  invitationClosed: defineProblem(
    409,
    'INVITATION_CLOSED',
    'Invitation is closed',
    (status: string) => `The invitation is ${status}.`,
  ),
  invitationExpired: defineProblem(
    410,
    'INVITATION_EXPIRED',
    'Invitation has expired',
    () => 'The invitation has expired; ask for a new one.',
  ),
  emailTaken: defineProblem(
    409,
    'EMAIL_TAKEN',
    'Address is taken',
    () => 'Another account uses the invited address. Sign in with that account.',
  ),
  organizationTaken: defineProblem(
    409,
    'ORGANIZATION_TAKEN',
    'Organization is mapped',
    () => 'This organization is mapped to a tenant already.',
  ),
  organizationNotFound: defineProblem(
    404,
    'ORGANIZATION_NOT_FOUND',
    'Organization not found',
    () => 'The tenant has no such mapping.',
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
