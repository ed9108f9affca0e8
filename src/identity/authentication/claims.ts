import type { JWTPayload } from 'jose';
import type { TokenIssuer } from '../../config/index.js';

/** What a verified token says of its bearer. Names are the issuer's; nothing here is an id of ours. */
export interface TokenClaims {
  issuer: string;
  subject: string;
  /** The organization the token was made for, by the issuer's name. */
  organization: string | undefined;
  firstName: string | undefined;
  lastName: string | undefined;
  photoUrl: string | undefined;
}

type Organization = Partial<Pick<TokenClaims, 'organization'>>;

/** Undefined where the claims contradict each other. */
export function readClaims(settings: TokenIssuer, payload: JWTPayload): TokenClaims | undefined {
  const named =
    settings.claims === 'clerk' ? clerkOrganization(payload) : standardOrganization(settings, payload);
  const subject = text(payload.sub);
  if (!named || subject === undefined) return undefined;
  return {
    issuer: settings.issuer,
    subject,
    organization: named.organization,
    firstName: text(payload['given_name']),
    lastName: text(payload['family_name']),
    photoUrl: text(payload['picture'], MAX_URL_LENGTH),
  };
}

/** Version 2 carries it in `o.id`, version 1 in `org_id`; a token with two different ones is nobody's. */
function clerkOrganization({ o, org_id }: JWTPayload): Organization | undefined {
  const version1 = nameIn(org_id);
  const version2 = o === undefined || o === null ? {} : nameIn((o as { id?: unknown }).id, 'required');
  if (!version1 || !version2) return undefined;
  const isContradiction =
    version1.organization && version2.organization && version1.organization !== version2.organization;
  if (isContradiction) return undefined;
  return { organization: version2.organization ?? version1.organization };
}

const standardOrganization = (
  { organizationClaim }: TokenIssuer,
  payload: JWTPayload,
): Organization | undefined =>
  nameIn(organizationClaim === undefined ? undefined : payload[organizationClaim]);

/** A claim that is there must be a name; undefined where it is something else. */
function nameIn(claim: unknown, required?: 'required'): Organization | undefined {
  if (!required && (claim === undefined || claim === null)) return { organization: undefined };
  const organization = text(claim);
  return organization === undefined ? undefined : { organization };
}

/** OpenID Connect Core, section 2, on `sub`; and no index of ours takes much more. */
const MAX_LENGTH = 255;
const MAX_URL_LENGTH = 2_048;

/** PostgreSQL stores no NUL, lone surrogates would all become one character, and nobody is named with a line break. */
const text = (value: unknown, maxLength = MAX_LENGTH): string | undefined =>
  typeof value === 'string' &&
  value !== '' &&
  value.length <= maxLength &&
  value.isWellFormed() &&
  !/\p{Cc}/u.test(value)
    ? value
    : undefined;
