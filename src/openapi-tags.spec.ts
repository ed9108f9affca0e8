import { expect, it } from '@jest/globals';
import { tagsOf } from './openapi-tags.js';

const route = (...tags: string[]) => ({ get: { tags, responses: {} } });

it('shows what is of the caller first, and what few may call last', () => {
  const paths = {
    '/health': route('Health'),
    '/v1/admin/tenants': route('Platform administration'),
    '/v1/quotes': route('Quotes'),
    '/v1/me': route('Me'),
  };
  expect(tagsOf({ paths }).map(({ name }) => name)).toEqual([
    'Me',
    'Quotes',
    'Platform administration',
    'Health',
  ]);
});

it('puts a section that it has not heard of behind the domains, described by its path', () => {
  const paths = {
    '/v1/admin/tenants': route('Platform administration'),
    '/v1/invoices/{id}': route('Invoices'),
    '/v1/github/installations': route('GitHub'),
  };
  expect(tagsOf({ paths })).toEqual([
    { name: 'GitHub', description: expect.any(String) },
    { name: 'Invoices', description: '`/v1/invoices`.' },
    { name: 'Platform administration', description: expect.any(String) },
  ]);
});
