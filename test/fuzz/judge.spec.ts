import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './judge.js';
import { OPERATIONS } from './operations.js';
import type { FuzzRequest } from './requests.js';
import type { WireAnswer } from './wire.js';

const operation = OPERATIONS.find(({ name }) => name === 'get /v1/services/{name}')!;
const request: FuzzRequest = {
  operation,
  method: 'GET',
  segments: { name: { text: 'orders' } },
  query: '',
  as: 'acme',
  headers: [],
  body: undefined,
};
const encoded = { method: 'GET', target: '/v1/services/orders', headers: [], body: undefined };
const problem = {
  type: 'urn:rowhouse:problem:SERVICE_NOT_FOUND',
  title: 'Not found',
  status: 404,
  detail: 'No service.',
  instance: 'x',
  code: 'SERVICE_NOT_FOUND',
};
const good: WireAnswer = {
  status: 404,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', 'x-request-id': 'x' },
  body: JSON.stringify(problem),
  ms: 1,
};
const faults = (answer: Partial<WireAnswer>, of: Partial<FuzzRequest> = {}) =>
  faultsOf({ ...request, ...of }, encoded, { ...good, ...answer });
const saying = (detail: string) => ({ body: JSON.stringify({ ...problem, detail }) });
const without = (field: string) => ({ body: JSON.stringify({ ...problem, [field]: undefined }) });

describe('the judge of an answer', () => {
  it('has nothing against a problem document that the route may answer', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    ['a 500', { status: 500, body: JSON.stringify({ ...problem, status: 500 }) }, 'is a 500'],
    ['a 503', { status: 503, body: JSON.stringify({ ...problem, status: 503 }) }, 'is a 503'],
    [
      'a status that the document does not name',
      { status: 410, body: JSON.stringify({ ...problem, status: 410 }) },
      'has the status 410, which the document does not name',
    ],
    [
      'an error as HTML',
      { headers: { ...good.headers, 'content-type': 'text/html' } },
      'is an error of the type text/html',
    ],
    ['an error that is no JSON', { body: '{' }, 'is an error whose body is no JSON'],
    ['no code', without('code'), 'is a problem document that lacks something'],
    ['no instance', without('instance'), 'is a problem document that lacks something'],
    ['no request id', { headers: { 'content-type': 'application/problem+json' } }, 'has no x-request-id'],
    ['a stack trace', saying('TypeError: x\n    at Object.<anonymous> (a)'), 'holds a stack trace'],
    ['a place in the code', saying('services.service.js:12:3'), 'holds a stack trace'],
    ['SQL', saying('select "id" from "services"'), 'holds SQL'],
    ["PostgreSQL's words", saying('invalid input syntax for type uuid'), 'holds an error of the database'],
    ['a login', saying('permission denied for rowhouse_app'), 'holds an error of the database'],
    ['a path', saying(`ENOENT ${process.cwd()}/drizzle`), 'holds a path of the machine'],
    ['an object as text', saying('[object Object] is bad'), 'holds an object printed as text'],
    [
      'a success that is no JSON',
      { status: 200, headers: { ...good.headers, 'content-type': 'application/json' }, body: '{' },
      'is no JSON',
    ],
  ])('refuses %s', (_, answer, fault) => {
    expect(faults(answer)).toContain(fault);
  });

  it('does not compare with the document what did not reach the route', () => {
    const strange = { status: 410, body: JSON.stringify({ ...problem, status: 410 }) };
    expect(faults(strange, { segments: { name: { text: 'a/b' } } })).toEqual([]);
  });
});
