import { readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Max,
  Min,
  validateSync,
} from 'class-validator';
import type { JsonWebKeySet, TokenIssuer } from './config.js';

const MAX_TEXT = 2_048;
const MAX_CLOCK_TOLERANCE_S = 60;
/** Asymmetric only: with a shared secret, or `none`, whoever can verify a token could make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Plain HTTP only to this machine: whoever stands between could hand out keys of their own. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** One entry of `JWT_ISSUERS`. */
class IssuerEntry {
  @IsString()
  @Length(1, MAX_TEXT)
  issuer!: string;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_tld: false, require_protocol: true })
  jwksUrl?: string;

  @IsOptional()
  @IsString()
  @Length(1, MAX_TEXT)
  jwksFile?: string;

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  audience?: string[];

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  authorizedParties?: string[];

  @IsArray()
  @ArrayNotEmpty()
  @IsIn(ALGORITHMS, { each: true })
  algorithms: string[] = ['RS256'];

  @IsArray()
  @IsString({ each: true })
  requiredClaims: string[] = [];

  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  types: string[] = ['JWT', 'at+jwt'];

  @IsIn(['standard', 'clerk'])
  claims: 'standard' | 'clerk' = 'standard';

  @IsOptional()
  @IsString()
  @Length(1, 255)
  organizationClaim?: string;

  @IsInt()
  @Min(0)
  @Max(MAX_CLOCK_TOLERANCE_S)
  clockToleranceSeconds = 5;
}

/** Reads `JWT_ISSUERS`, a JSON list; what is wrong with it is added to `problems`. */
export function readTokenIssuers(text: string | undefined, problems: string[]): TokenIssuer[] {
  if (text === undefined) return [];
  const parsed = parse(text);
  if (!Array.isArray(parsed)) {
    problems.push(
      'JWT_ISSUERS must be a JSON list: [{"issuer":"https://...","jwksUrl":"https://...","audience":["..."]}]',
    );
    return [];
  }
  const issuers = parsed.flatMap((entry: unknown, index) => {
    const found: string[] = [];
    const issuer = readEntry(entry, found);
    problems.push(...found.map((problem) => `JWT_ISSUERS[${index}] ${problem}`));
    return issuer && found.length === 0 ? [issuer] : [];
  });
  const names = issuers.map(({ issuer }) => issuer);
  if (new Set(names).size < names.length) problems.push('JWT_ISSUERS names an issuer twice');
  return issuers;
}

function readEntry(entry: unknown, problems: string[]): TokenIssuer | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    problems.push('must be an object');
    return undefined;
  }
  const settings = plainToInstance(IssuerEntry, entry);
  const errors = validateSync(settings, { whitelist: true, forbidNonWhitelisted: true });
  problems.push(
    ...errors.map(({ property, constraints = {} }) => `${property}: ${Object.values(constraints)[0]}`),
  );
  if (errors.length > 0) return undefined;
  const { jwksUrl, jwksFile, ...rest } = settings;
  if ((jwksUrl === undefined) === (jwksFile === undefined)) problems.push('needs either jwksUrl or jwksFile');
  if (!settings.audience && !settings.authorizedParties)
    problems.push('needs audience or authorizedParties: else a token made for another service would do');
  if (jwksUrl !== undefined && isPlainRemote(jwksUrl)) problems.push('jwksUrl must be https');
  const keys = jwksFile === undefined ? undefined : readKeys(jwksFile, problems);
  return { ...rest, jwks: keys ?? jwksUrl ?? '' };
}

function isPlainRemote(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol !== 'https:' && !LOCAL_HOSTS.includes(hostname);
}

function readKeys(path: string, problems: string[]): JsonWebKeySet | undefined {
  try {
    const keys = JSON.parse(readFileSync(path, 'utf8')) as JsonWebKeySet;
    if (Array.isArray(keys.keys) && keys.keys.length > 0) return keys;
  } catch {
    // told below
  }
  problems.push('jwksFile is not a readable JSON Web Key Set');
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
