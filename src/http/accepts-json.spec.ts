import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { acceptsJson } from './accepts-json.js';

describe('an Accept header', () => {
  it.each([
    undefined,
    '',
    ',',
    '*/*',
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/*',
    'application/problem+json',
    'text/html, application/xhtml+xml, */*;q=0.1',
    'text/html;q=1, application/json;q=0.001',
    'application/xml, application/* ; q=0.5',
    'application/json;q=0, application/problem+json',
    'text/*;q=0.9, application/json;profile="a,b;q=0"',
    'application/json, application/json;q=0',
  ])('%j leaves room for JSON', (accept) => {
    expect(acceptsJson(accept)).toBe(true);
  });

  it.each([
    'text/html',
    'application/xml',
    'application/vnd.api+json',
    'application/json;q=0',
    'application/json; q=0.0',
    '*/*;q=0',
    'application/*;q=0, */*',
    'application/json;q=0, application/problem+json;q=0, */*',
    'text/plain, application/json;level=1;q=0',
    'application/json;q=nothing',
  ])('%j does not', (accept) => {
    expect(acceptsJson(accept)).toBe(false);
  });

  it('never throws, whatever a client sends', () => {
    fc.assert(fc.property(fc.string(), (accept) => expect(typeof acceptsJson(accept)).toBe('boolean')));
  });

  it('lets the quality of JSON itself decide, wherever it stands', () => {
    const other = fc.constantFrom('text/html', '*/*', 'application/*', 'image/*;q=0.5', '*/*;q=0');
    fc.assert(
      fc.property(fc.array(other), fc.array(other), fc.nat(1000), (before, after, thousandths) => {
        const quality = (thousandths / 1000).toFixed(3);
        const both = ['application/json', 'application/problem+json'].map((type) => `${type};q=${quality}`);
        expect(acceptsJson([...before, ...both, ...after].join(', '))).toBe(thousandths > 0);
      }),
    );
  });

  it('takes no longer for quotes and backslashes than for anything else of that length', () => {
    for (const end of ['', '\\', '"'])
      expect(acceptsJson(`application/json;a="${'\\"'.repeat(30_000)}${end}`)).toBe(true);
  }, 2_000);
});
