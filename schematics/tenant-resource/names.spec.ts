import { describe, expect, it } from '@jest/globals';
import { resourceNames } from './names.ts';

describe('the names of a resource', () => {
  it.each(['rate-cards', 'rateCards', 'RateCards'])('are read from %s, and written in every way', (name) => {
    expect(resourceNames(name)).toEqual({
      one: {
        kebab: 'rate-card',
        snake: 'rate_card',
        camel: 'rateCard',
        pascal: 'RateCard',
        constant: 'RATE_CARD',
        spoken: 'rate card',
        title: 'Rate card',
        withArticle: 'a rate card',
      },
      many: expect.objectContaining({ kebab: 'rate-cards', pascal: 'RateCards', constant: 'RATE_CARDS' }),
    });
  });

  it.each([
    ['invoices', 'an invoice'],
    ['categories', 'a category'],
    ['addresses', 'an address'],
    ['branch-offices', 'a branch office'],
    ['people', 'a person'],
  ])('have one of them: of %s, %s', (name, one) => {
    expect(resourceNames(name).one.withArticle).toBe(one);
  });

  it.each([
    ['invoice', 'name the resource by its plural, invoices'],
    ['rate-card', 'name the resource by its plural, rate-cards'],
    ['equipment', 'the same in singular and plural'],
    ['classes', '"class" is a word of JavaScript'],
    ['users', '"user" is a word of PostgreSQL'],
    ['billing/invoices', 'is no name'],
    ['1st-invoices', 'is no name'],
    ['', 'is no name'],
    ['very-'.repeat(8) + 'long-names', 'is too long'],
  ])('are refused of "%s": %s', (name, reason) => {
    expect(() => resourceNames(name)).toThrow(reason);
  });
});
