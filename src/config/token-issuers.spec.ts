import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readTokenIssuers } from './token-issuers.js';

const entry = { issuer: 'https://id.example', jwksUrl: 'https://id.example/jwks', audience: ['rowhouse'] };

function read(value: unknown) {
  const problems: string[] = [];
  const issuers = readTokenIssuers(typeof value === 'string' ? value : JSON.stringify(value), problems);
  return { issuers, problems };
}

describe('readTokenIssuers', () => {
  it('is optional', () => expect(readTokenIssuers(undefined, [])).toEqual([]));

  it('fills in what is usual', () => {
    expect(read([entry])).toEqual({
      problems: [],
      issuers: [
        {
          issuer: 'https://id.example',
          jwks: 'https://id.example/jwks',
          audience: ['rowhouse'],
          algorithms: ['RS256'],
          requiredClaims: [],
          types: ['JWT', 'at+jwt'],
          claims: 'standard',
          clockToleranceSeconds: 5,
        },
      ],
    });
  });

  it('takes keys from a file', () => {
    const jwksFile = join(mkdtempSync(join(tmpdir(), 'rowhouse-')), 'jwks.json');
    writeFileSync(jwksFile, '{"keys":[{"kty":"OKP"}]}');
    const { jwksUrl: _, ...rest } = entry;
    expect(read([{ ...rest, jwksFile }]).issuers[0]!.jwks).toEqual({ keys: [{ kty: 'OKP' }] });
    writeFileSync(jwksFile, '{}');
    expect(read([{ ...rest, jwksFile }]).problems).toEqual([
      'JWT_ISSUERS[0] jwksFile is not a readable JSON Web Key Set',
    ]);
  });

  it.each([
    ['no JSON', 'nonsense', /must be a JSON list/],
    ['an object', {}, /must be a JSON list/],
    ['a list of texts', ['https://id.example'], /\[0\] must be an object/],
    ['a secret algorithm', [{ ...entry, algorithms: ['HS256'] }], /\[0\] algorithms/],
    ['alg none', [{ ...entry, algorithms: ['none'] }], /\[0\] algorithms/],
    ['no algorithm', [{ ...entry, algorithms: [] }], /\[0\] algorithms/],
    [
      'neither audience nor party',
      [{ ...entry, audience: undefined }],
      /\[0\] needs audience or authorizedParties/,
    ],
    ['an empty audience', [{ ...entry, audience: [] }], /\[0\] audience/],
    [
      'plain HTTP to another machine',
      [{ ...entry, jwksUrl: 'http://id.example/jwks' }],
      /\[0\] jwksUrl must be https/,
    ],
    ['both sources of keys', [{ ...entry, jwksFile: '/x' }], /\[0\] needs either/],
    ['no source of keys', [{ ...entry, jwksUrl: undefined }], /\[0\] needs either/],
    ['an unknown setting', [{ ...entry, audiance: ['x'] }], /\[0\] audiance/],
    ['a generous clock', [{ ...entry, clockToleranceSeconds: 3_600 }], /\[0\] clockToleranceSeconds/],
    ['an issuer twice', [entry, entry], /names an issuer twice/],
  ])('refuses %s', (_, value, problem) => {
    expect(read(value).problems.join('\n')).toMatch(problem);
  });

  it('lets a developer run the issuer on this machine', () => {
    expect(read([{ ...entry, jwksUrl: 'http://127.0.0.1:4000/jwks' }]).problems).toEqual([]);
  });
});
